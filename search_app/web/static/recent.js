/* Remembers in this browser, and nowhere else, what was searched lately and which searches were kept.
   Shown on the start page, and offered under the empty box. Where nothing may be stored, nothing is shown. */
(() => {
  "use strict";

  const RECENT = "recent-searches", KEPT = "kept-searches";
  const MOST_RECENT = 20, MOST_KEPT = 50, OFFERED = 8;
  const $ = (selector, within = document) => within.querySelector(selector);
  const announce = (words) => { $("#announcer").textContent = words; };

  // ---- the store ----

  /* Only addresses of this site are kept: whatever else stands there was written by somebody else. */
  const sound = (item) => item && typeof item.name === "string" && typeof item.url === "string" && item.url.startsWith("/?");

  function read(key) {
    try {
      const found = JSON.parse(localStorage.getItem(key) || "[]");
      return Array.isArray(found) ? found.filter(sound) : [];
    } catch (error) { return []; }
  }

  function write(key, items) {
    try {
      if (items.length) localStorage.setItem(key, JSON.stringify(items)); else localStorage.removeItem(key);
      return true;
    } catch (error) { return false; }
  }

  const wordsOf = (url) => (new URLSearchParams(url.slice(url.indexOf("?"))).get("q") || "").trim();

  /* One question is remembered once, as it was narrowed last; a list without words by its filters. */
  const same = (one, other) => (wordsOf(one.url) ? wordsOf(one.url) === wordsOf(other.url) : one.url === other.url);

  // ---- the page of results ----

  function look() {
    const here = $("#find-again");
    if (!here) return;
    const item = { name: here.dataset.name, url: here.dataset.url, at: Date.now() };
    if (sound(item)) write(RECENT, [item, ...read(RECENT).filter((other) => !same(item, other))].slice(0, MOST_RECENT));
    const kept = read(KEPT).find((other) => other.url === item.url);
    if (kept) {  // whoever looks has seen what is new until now
      write(KEPT, read(KEPT).map((other) => (other.url === item.url ? { ...other, mark: here.dataset.mark } : other)));
    }
    const button = $("[data-keep]", here);
    if (button) say(button, Boolean(kept));
  }

  function say(button, kept) {
    button.setAttribute("aria-pressed", String(kept));
    button.textContent = kept ? "已保存" : "保存检索";
  }

  function keep(button) {
    const here = button.closest("#find-again"), { url, name, feed, mark } = here.dataset;
    const others = read(KEPT).filter((item) => item.url !== url), was = button.getAttribute("aria-pressed") === "true";
    if (!was && others.length >= MOST_KEPT) { announce("最多保存 " + MOST_KEPT + " 条，请先在首页删去不用的"); return; }
    const done = write(KEPT, was ? others : [{ name, url, feed, mark, at: Date.now() }, ...others]);
    if (done) say(button, !was);
    announce(!done ? "这个浏览器不允许保存，可以改用订阅或收藏网址" : was ? "已不再保存" : "已保存，列在首页的“我的检索”里");
    if (!done) button.textContent = "没能保存";
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-keep]");
    if (button) keep(button);
  });
  document.addEventListener("answered", look);

  // ---- the start page ----

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function when(at) {
    const day = new Date(at), today = new Date();
    const time = String(day.getHours()).padStart(2, "0") + ":" + String(day.getMinutes()).padStart(2, "0");
    if (!(at > 0)) return "";
    return day.toDateString() === today.toDateString() ? "今天 " + time : (day.getMonth() + 1) + " 月 " + day.getDate() + " 日";
  }

  function rows(key, items, also) {
    return make("ul", {}, ...items.map((item) => {
      const remove = make("button", { type: "button", class: "plain", "aria-label": "删去：" + item.name }, make("span", { "aria-hidden": "true" }, "×"));
      remove.addEventListener("click", () => {
        const place = items.indexOf(item);
        write(key, read(key).filter((other) => other.url !== item.url));
        draw();
        const left = document.querySelectorAll("#coming-back [data-list='" + key + "'] li button");
        (left[Math.min(place, left.length - 1)] || $("#q")).focus();
        announce("已删去：" + item.name);
      });
      return make("li", {}, make("a", { href: item.url, class: "name" }, item.name), ...also(item), remove);
    }));
  }

  function group(key, title, note, items, also) {
    if (!items.length) return [];
    const clear = make("button", { type: "button", class: "plain" }, "清空");
    clear.setAttribute("aria-label", "清空" + title);
    clear.addEventListener("click", () => {
      if (key === KEPT && !window.confirm("清空保存的 " + items.length + " 条检索？")) return;
      write(key, []);
      draw();
      $("#q").focus();
      announce(title + "已清空");
    });
    const head = make("h2", { class: "try-title" }, title, " ", make("span", { class: "quiet" }, note), " ", clear);
    return [make("div", { class: "group", "data-list": key }, head, rows(key, items, also))];
  }

  /* Addresses of feeds and marks of generations are written by our pages; what else stands there is left out. */
  function ways(item) {
    const found = [];
    if (/^gen-\d+-[0-9a-f]+$/.test(item.mark || "")) {
      const since = item.url + (item.url.endsWith("?") ? "" : "&") + "since=" + item.mark;
      found.push(make("a", { href: since, rel: "nofollow", class: "also", "aria-label": "看新增：" + item.name, title: "上次看过之后新增的段落" }, "看新增"));
    }
    if (typeof item.feed === "string" && item.feed.startsWith("/feed")) {
      found.push(make("a", { href: item.feed, rel: "nofollow", class: "also", "aria-label": "订阅：" + item.name }, "订阅"));
    }
    return found;
  }

  function draw() {
    const place = $("#coming-back");
    if (!place) return;
    place.replaceChildren(
      ...group(KEPT, "我的检索", "只存在这个浏览器里", read(KEPT), ways),
      ...group(RECENT, "最近查过", "只存在这个浏览器里，不会发送", read(RECENT),
        (item) => [make("span", { class: "quiet" }, when(item.at))]),
    );
    place.hidden = !place.children.length;
  }

  window.addEventListener("storage", draw);  // another tab has searched
  window.addEventListener("pageshow", (event) => { if (event.persisted) draw(); });

  // ---- what the empty box offers: app.js asks ----

  document.addEventListener("suggest-recent", (event) => {
    event.detail.push(
      ...read(KEPT).slice(0, OFFERED / 2).map((item) => ({ kind: "我的检索", text: item.name, url: item.url })),
      ...read(RECENT).slice(0, OFFERED).map((item) => ({ kind: "最近查过", text: item.name, url: item.url })),
    );
  });

  look();
  draw();
})();
