/* Makes the pages smoother; every page works without it.
   Ticking a filter replaces the answer in place, the box suggests, keys move, buttons copy. */
(() => {
  "use strict";

  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const narrow = window.matchMedia("(max-width: 60rem)");
  const composing = (event) => event.isComposing || event.keyCode === 229;
  const announce = (words) => { $("#announcer").textContent = words; };

  document.documentElement.classList.add("js");

  // ---- what a freshly shown answer needs ----

  function prepare(within) {
    all(".needs-script", within).forEach((element) => { element.hidden = false; });
    all("[data-filter]", within).forEach((box) => box.addEventListener("input", () => later(box, () => filter(box))));
  }

  const timers = new WeakMap();
  function later(key, action, wait = 200) {
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(action, wait));
  }

  function filter(box) {
    const wanted = box.value.trim().toLowerCase();
    all("#" + box.dataset.filter + " > li").forEach((row) => {
      row.hidden = Boolean(wanted) && !$(".name", row).textContent.toLowerCase().includes(wanted);
    });
  }

  // ---- the answer, replaced in place ----

  let asked = 0;
  let shown = location.pathname + location.search;

  function addressOf(form) {
    const wanted = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") wanted.append(name, value);
    const query = wanted.toString();
    return form.getAttribute("action") + (query ? "?" + query : "");
  }

  function memory() {
    const focused = document.activeElement;
    return {
      focus: focused && focused.id && $("#answer").contains(focused) ? focused.id : null,
      open: new Map(all("#answer details[id]").map((element) => [element.id, element.open])),
      finds: all("#answer [data-filter]").filter((box) => box.value).map((box) => [box.id, box.value]),
    };
  }

  function restore(kept) {
    for (const [id, open] of kept.open) {
      const element = document.getElementById(id);
      if (element) element.open = open;
    }
    for (const [id, value] of kept.finds) {
      const box = document.getElementById(id);
      if (box) { box.value = value; filter(box); }
    }
    if (kept.focus) (document.getElementById(kept.focus) || $("#results-title")).focus({ preventScroll: true });
  }

  async function show(url, { push }) {
    const turn = ++asked;
    const answer = $("#answer");
    answer.setAttribute("aria-busy", "true");
    let page;
    try {
      const response = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      page = new DOMParser().parseFromString(await response.text(), "text/html");
    } catch (error) {
      if (turn === asked) location.assign(url);
      return;
    }
    if (turn !== asked) return;
    const fresh = page.getElementById("answer");
    if (!fresh) { location.assign(url); return; }
    const kept = memory();
    answer.replaceWith(document.adoptNode(fresh));
    document.title = page.title;
    shown = url;
    if (push) history.pushState({ soft: true }, "", url);
    else {
      const box = $("#q"), wanted = page.getElementById("q");
      if (box && wanted && box !== document.activeElement) box.value = wanted.getAttribute("value") || "";
    }
    prepare($("#answer"));
    restore(kept);
    announce($("#results-title").textContent);
  }

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches && box.matches('#answer input[type="checkbox"]') && box.form) show(addressOf(box.form), { push: true });
  });

  window.addEventListener("popstate", () => {
    const wanted = location.pathname + location.search;
    if (wanted !== shown && $("#answer") && location.pathname === "/") show(wanted, { push: false });
  });

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[data-soft]");
    if (link && $("#answer")) {
      const url = new URL(link.href);
      if (url.pathname === "/" && url.search) { event.preventDefault(); show(url.pathname + url.search, { push: true }); }
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(".searchform")) return;
    event.preventDefault();
    location.assign(addressOf(form));
  });

  // ---- buttons ----

  async function copy(button) {
    const said = button.textContent;
    let done = true;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch (error) {
      done = copyByHand(button.dataset.copy);
    }
    button.textContent = done ? "已复制" : "没能复制";
    announce(button.textContent);
    setTimeout(() => { button.textContent = said; }, 1600);
  }

  // Browsers offer the clipboard only over https or on this machine; offices often have neither.
  function copyByHand(text) {
    const area = document.createElement("textarea");
    const focused = document.activeElement;
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (focused) focused.focus({ preventScroll: true });
    return done;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.copy) copy(button);
    if ("print" in button.dataset) window.print();
    if ("shortcuts" in button.dataset) shortcuts();
    if (button.dataset.font) font(button.dataset.font);
    if (button.dataset.step) step(Number(button.dataset.step));
  });

  function font(size) {
    document.documentElement.classList.remove("font-large", "font-small");
    if (size !== "medium") document.documentElement.classList.add("font-" + size);
    all("[data-font]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.font === size)));
    try { localStorage.setItem("font", size); } catch (error) { /* private windows keep nothing */ }
  }

  // ---- moving from hit to hit ----

  function step(by) {
    const hits = all(".passage.is-hit, .hits > .hit");
    if (!hits.length) return;
    let at = hits.findIndex((element) => element.classList.contains("is-current"));
    if (at < 0 && location.hash) at = hits.findIndex((element) => "#" + element.id === location.hash);
    const next = hits[Math.min(Math.max(at + by, 0), hits.length - 1)];
    hits.forEach((element) => element.classList.toggle("is-current", element === next));
    next.scrollIntoView({ block: "start" });
    const link = $(".hit-link", next);
    (link || next).focus({ preventScroll: true });
    if (!link) announce("第 " + (hits.indexOf(next) + 1) + " 处，共 " + hits.length + " 处");
  }

  // ---- keys ----

  function shortcuts() {
    let dialog = $("#shortcuts");
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.id = "shortcuts";
      dialog.setAttribute("aria-labelledby", "shortcuts-title");
      dialog.innerHTML = '<h2 id="shortcuts-title">快捷键</h2><dl><dt><kbd>/</kbd></dt><dd>到检索框</dd><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>下一条、上一条</dd><dt><kbd>Esc</kbd></dt><dd>先收起提示，再清空检索词</dd><dt><kbd>?</kbd></dt><dd>看快捷键</dd></dl><form method="dialog"><button class="primary">关闭</button></form>';
      document.body.append(dialog);
    }
    dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    if (event.key === "/") { event.preventDefault(); const box = $("#q"); box.focus(); box.select(); }
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "?") shortcuts();
  });

  // ---- suggestions: a combobox with list autocomplete ----

  function suggestions(box) {
    const list = document.createElement("ul");
    list.id = "suggestions";
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "提示");
    box.after(list);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) box.setAttribute(name, value);

    let turn = 0, active = -1, composes = false;

    function close() {
      turn += 1;
      clearTimeout(timers.get(box));
      list.hidden = true;
      active = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    }

    function choose(at) {
      const rows = all("li", list);
      active = rows.length ? (at + rows.length) % rows.length : -1;
      rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === active)));
      if (active >= 0) {
        box.setAttribute("aria-activedescendant", rows[active].id);
        rows[active].scrollIntoView({ block: "nearest" });
      }
    }

    function draw(found, text) {
      list.replaceChildren(...found.map((item, place) => {
        const row = document.createElement("li");
        row.id = "suggestion-" + place;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        row.dataset.url = item.url;
        const name = document.createElement("span");
        const at = item.text.indexOf(text);
        if (at < 0) name.textContent = item.text;
        else {
          const matched = document.createElement("b");
          matched.textContent = text;
          name.append(item.text.slice(0, at), matched, item.text.slice(at + text.length));
        }
        const kind = document.createElement("span");
        kind.className = "kind";
        kind.textContent = item.kind;
        const count = document.createElement("span");
        count.className = "n";
        count.textContent = item.count.toLocaleString("zh-CN") + " 段";
        row.append(kind, name, count);
        return row;
      }));
      active = -1;
      box.removeAttribute("aria-activedescendant");
      list.hidden = !found.length;
      box.setAttribute("aria-expanded", String(found.length > 0));
      if (found.length) announce(found.length + " 条提示，按上下键选择");
    }

    async function ask() {
      const text = box.value.trim();
      if (!text || !(/[^\x00-\x7f]/.test(text) || text.length > 1)) { close(); return; }
      const mine = ++turn;
      try {
        const response = await fetch("/api/v1/suggest?" + new URLSearchParams({ q: text }), { credentials: "same-origin" });
        if (!response.ok) return;
        const body = await response.json();
        if (mine === turn && box === document.activeElement) draw(body.suggestions.slice(0, 10), text);
      } catch (error) { /* no suggestions then */ }
    }

    box.addEventListener("compositionstart", () => { composes = true; });
    box.addEventListener("compositionend", () => { composes = false; later(box, ask); });
    box.addEventListener("input", (event) => { if (!composes && !event.isComposing) later(box, ask); });
    box.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const row = event.target.closest("li");
      if (row) location.assign(row.dataset.url);
    });
    box.addEventListener("keydown", (event) => {
      if (composing(event) || composes) {
        if (event.key === "Enter") event.preventDefault();
        return;
      }
      const open = !list.hidden;
      if (event.key === "ArrowDown") {
        event.preventDefault();
        if (open) choose(active + 1); else ask();
      } else if (event.key === "ArrowUp" && open) {
        event.preventDefault();
        choose(active < 0 ? -1 : active - 1);
      } else if (event.key === "Enter" && open && active >= 0) {
        event.preventDefault();
        location.assign($("#" + box.getAttribute("aria-activedescendant")).dataset.url);
      } else if (event.key === "Escape") {
        event.preventDefault();
        if (open) close(); else box.value = "";
      }
    });
  }

  // ---- the heading being read, marked in the outline ----

  function follow() {
    const links = all(".outline a");
    if (!links.length || !("IntersectionObserver" in window)) return;
    const targets = links.map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean);
    const observer = new IntersectionObserver(() => {
      const passed = targets.filter((target) => target.getBoundingClientRect().top < innerHeight * 0.35);
      const current = passed[passed.length - 1] || targets[0];
      links.forEach((link) => {
        if (link.hash === "#" + current.id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    }, { rootMargin: "0px 0px -65% 0px", threshold: [0, 1] });
    targets.forEach((target) => observer.observe(target));
  }

  // ---- start ----

  if (narrow.matches) all("#filters, #outline").forEach((element) => { element.open = false; });
  prepare(document);
  if ($("#q")) suggestions($("#q"));
  try { const size = localStorage.getItem("font"); if (size && $("[data-font]")) font(size); } catch (error) { /* none kept */ }
  follow();
})();
