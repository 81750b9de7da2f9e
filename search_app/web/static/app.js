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
    all("a[data-unfold]", within).forEach((link) => {
      link.setAttribute("role", "button");
      link.setAttribute("aria-expanded", "false");
    });
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
      row.hidden = Boolean(wanted) && !$(".name", row).textContent.toLowerCase().includes(wanted) && !sounds(row, wanted);
    });
  }

  // A row knows its initials, and its syllables parted by apostrophes: sqz and shiqiao find 甲县石桥镇.
  function sounds(row, wanted) {
    const letters = wanted.replace(/[üv]/g, "u").replace(/['’\s]/g, "");
    if (!/^[a-z0-9]+$/.test(letters)) return false;
    const [initials, spelt] = (row.dataset.keys || " ").split(" "), syllables = spelt.split("'");
    return initials.includes(letters) || syllables.some((_, at) => syllables.slice(at).join("").startsWith(letters));
  }

  // ---- the answer, replaced in place ----

  let asked = 0;
  let shown = location.pathname + location.search;
  const pathOf = (address) => address.split("?")[0];

  function addressOf(form, button) {
    const wanted = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") wanted.append(name, value);
    if (button && button.name) wanted.append(button.name, button.value);
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
    document.dispatchEvent(new CustomEvent("answered"));  // recent.js remembers it
  }

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches && box.matches('#answer input[type="checkbox"]:not([form="compare"])') && box.form) show(addressOf(box.form), { push: true });
  });

  window.addEventListener("popstate", () => {
    const wanted = location.pathname + location.search;
    if (wanted !== shown && $("#answer") && location.pathname === pathOf(shown)) show(wanted, { push: false });
  });

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[data-soft]");
    if (link && $("#answer")) {
      const url = new URL(link.href);
      // Without a search, / is the start page, which has no answer to put in place.
      if (url.pathname === location.pathname && (url.search || url.pathname !== "/")) {
        event.preventDefault();
        show(url.pathname + url.search, { push: true });
      }
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (button && button.matches("#answer .not")) {
      event.preventDefault();
      show(addressOf(form, button), { push: true });
      return;
    }
    if (!form.matches(".searchform")) return;
    event.preventDefault();
    location.assign(addressOf(form));
  });

  // ---- what is folded behind a passage, opened in its place ----

  let unfolded = 0;

  async function unfold(link) {
    const known = document.getElementById(link.getAttribute("aria-controls"));
    if (known) {
      known.hidden = !known.hidden;
      link.setAttribute("aria-expanded", String(!known.hidden));
      return;
    }
    if (link.getAttribute("aria-busy")) return;
    link.setAttribute("aria-busy", "true");
    let found;
    try {
      const response = await fetch(link.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      found = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-unfolds]");
    } catch (error) { /* the page itself says what is wrong */ }
    if (!found) { location.assign(link.href); return; }
    link.removeAttribute("aria-busy");
    const region = document.createElement("section");
    region.className = "unfolded";
    region.id = "unfolded-" + ++unfolded;
    region.setAttribute("aria-label", link.dataset.label || link.textContent);
    // Several may be open at once: their ids are told apart, and their headings stand below that of the passage.
    all("[id]", found).forEach((element) => { element.id = region.id + "-" + element.id; });
    all("[aria-labelledby]", found).forEach((element) => {
      element.setAttribute("aria-labelledby", region.id + "-" + element.getAttribute("aria-labelledby"));
    });
    all("h2", found).forEach((heading) => heading.setAttribute("aria-level", "3"));
    region.append(...document.adoptNode(found).childNodes);
    prepare(region);
    link.closest(".hit, .passage").append(region);
    link.setAttribute("aria-controls", region.id);
    link.setAttribute("aria-expanded", "true");
    announce("已展开：" + link.textContent);
  }

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[data-unfold]");
    if (link) { event.preventDefault(); unfold(link); }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches("a[data-unfold]")) { event.preventDefault(); unfold(event.target); }
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
    const next = hits[Math.min(Math.max(placeAmong(hits, by) + by, 0), hits.length - 1)];
    hits.forEach((element) => element.classList.toggle("is-current", element === next));
    next.scrollIntoView({ block: "start" });
    const link = $(".hit-link", next);
    (link || next).focus({ preventScroll: true });
    if (!link) announce("第 " + (hits.indexOf(next) + 1) + " 处，共 " + hits.length + " 处");
  }

  // From the hit that was stepped or jumped to, or where that is out of sight, from where one reads.
  function placeAmong(hits, by) {
    let at = hits.findIndex((element) => element.classList.contains("is-current"));
    if (at < 0 && location.hash) at = hits.findIndex((element) => "#" + element.id === location.hash);
    const box = at < 0 ? null : hits[at].getBoundingClientRect();
    if (!box || (box.bottom > 0 && box.top < innerHeight)) return at;
    const above = hits.filter((element) => element.getBoundingClientRect().top < innerHeight * 0.25).length;
    return by < 0 ? above : above - 1;
  }

  // A long report is shown leaf by leaf; the address of a passage may have been kept without its leaf.
  function turnToPassage() {
    const body = $("#body[data-leaf]"), named = /^#p-([1-9][0-9]*)$/.exec(location.hash);
    if (!body || !named || document.getElementById(location.hash.slice(1))) return;
    const url = new URL(location.href), leaf = String(Math.floor((Number(named[1]) - 1) / Number(body.dataset.leaf)) + 1);
    if (leaf === (url.searchParams.get("leaf") || "1")) return;
    url.searchParams.set("leaf", leaf);
    location.replace(url);
  }
  turnToPassage();
  window.addEventListener("hashchange", turnToPassage);

  // ---- keys ----

  function shortcuts() {
    let dialog = $("#shortcuts");
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.id = "shortcuts";
      dialog.setAttribute("aria-labelledby", "shortcuts-title");
      dialog.innerHTML = '<h2 id="shortcuts-title">快捷键</h2><dl><dt><kbd>/</kbd></dt><dd>到检索框</dd><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>下一条、上一条；报告里是下一处、上一处命中</dd><dt><kbd>[</kbd> <kbd>]</kbd></dt><dd>报告里：上一条、下一条检索结果</dd><dt><kbd>f</kbd></dt><dd>报告里：在本报告中查找</dd><dt><kbd>Esc</kbd></dt><dd>先收起提示，再清空检索词</dd><dt><kbd>?</kbd></dt><dd>看快捷键</dd></dl><form method="dialog"><button class="primary">关闭</button></form>';
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

  // ---- suggestions: a combobox with list autocomplete (WAI-ARIA Authoring Practices) ----

  const MOST = 10;
  // What is longer is pasted, and completes to nothing.
  const LONGEST_TYPED = 60;

  // A paragraph is searched for as a whole; the box says so, and how much of it is used.
  function tellLength(box) {
    const hint = $("#q-hint"), most = Number(box.dataset.most), length = box.value.trim().length;
    const tell = () => {
      if (length <= LONGEST_TYPED) return "";
      if (length > most) return "粘贴的文字超过 " + most.toLocaleString("zh-CN") + " 个字，后面的不会用来检索。";
      return "像是一段话：将查找与它相同或相近的段落（" + length.toLocaleString("zh-CN") + " 个字，最多 " + most.toLocaleString("zh-CN") + " 个）。";
    };
    hint.textContent = tell();
    hint.hidden = !hint.textContent;
    hint.classList.toggle("is-over", length > most);
    if (hint.hidden) box.removeAttribute("aria-describedby");
    else box.setAttribute("aria-describedby", hint.id);
  }

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  // The matched part is marked where it stands in the words; what was found by its sound has none.
  function marked(words, typed) {
    const at = words.toLowerCase().indexOf(typed.toLowerCase());
    if (at < 0 || !typed) return [words];
    return [words.slice(0, at), make("b", {}, words.slice(at, at + typed.length)), words.slice(at + typed.length)];
  }

  function suggestions(box) {
    const list = make("div", { id: "suggestions", class: "suggestions", role: "listbox", "aria-label": "提示", hidden: "" });
    box.after(list);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) box.setAttribute(name, value);

    let turn = 0, active = -1, composes = false;
    const rows = () => all("[role=option]", list);

    function close() {
      turn += 1;
      clearTimeout(timers.get(box));
      list.hidden = true;
      active = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    }

    function choose(at) {
      const options = rows();
      active = options.length ? (at + options.length) % options.length : -1;
      options.forEach((row, place) => row.setAttribute("aria-selected", String(place === active)));
      if (active >= 0) {
        box.setAttribute("aria-activedescendant", options[active].id);
        options[active].scrollIntoView({ block: "nearest" });
      }
    }

    function draw(found, typed) {
      const groups = new Map();
      found.forEach((item) => groups.set(item.kind, [...(groups.get(item.kind) || []), item]));
      let place = 0;
      list.replaceChildren(...[...groups].map(([kind, items], number) => {
        const title = make("div", { id: "suggestion-group-" + number, class: "kind", role: "presentation" }, kind);
        return make("div", { role: "group", "aria-labelledby": title.id }, title, ...items.map((item) => make(
          "a",
          { id: "suggestion-" + place++, role: "option", "aria-selected": "false", tabindex: "-1", href: item.url },
          make("span", { class: "name" }, ...marked(item.text, typed)),
          ...(item.count === undefined ? [] : [make("span", { class: "n" }, item.count.toLocaleString("zh-CN") + " 段")]),
        )));
      }));
      active = -1;
      box.removeAttribute("aria-activedescendant");
      list.hidden = !found.length;
      list.scrollTop = 0;
      box.setAttribute("aria-expanded", String(found.length > 0));
      if (found.length) announce(found.length + " 条提示，按上下键选择");
    }

    /* What was searched lately is offered under the empty box, where recent.js knows of any. */
    function recall() {
      const known = [];
      close();
      document.dispatchEvent(new CustomEvent("suggest-recent", { detail: known }));
      if (known.length && box === document.activeElement) draw(known, "");
    }

    async function ask() {
      const typed = box.value.trim();
      if (!typed) { recall(); return; }
      if (typed.length > LONGEST_TYPED) { close(); return; }
      if (!(/[^\x00-\x7f]/.test(typed) || typed.length > 1)) { close(); return; }
      const mine = ++turn;
      try {
        const response = await fetch("/api/v1/suggest?" + new URLSearchParams({ q: typed }), { credentials: "same-origin" });
        if (!response.ok) return;
        const body = await response.json();
        if (mine === turn && box === document.activeElement) draw(body.suggestions.slice(0, MOST), typed);
      } catch (error) { /* no suggestions then */ }
    }

    box.addEventListener("compositionstart", () => { composes = true; });
    box.addEventListener("compositionend", () => { composes = false; later(box, ask); });
    box.addEventListener("input", (event) => { if (!composes && !event.isComposing) later(box, ask); });
    box.addEventListener("click", () => { if (!box.value.trim() && list.hidden) recall(); });
    box.addEventListener("blur", close);
    window.addEventListener("pagehide", close);
    list.addEventListener("mousedown", (event) => event.preventDefault());
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
        rows()[active].click();
      } else if (event.key === "Escape") {
        event.preventDefault();
        if (open) close(); else box.value = "";
      }
    });
  }

  // ---- start ----

  if (narrow.matches) all("#filters, #outline").forEach((element) => { element.open = false; });
  prepare(document);
  if ($("#q")) {
    suggestions($("#q"));
    $("#q").addEventListener("input", () => later($("#q-hint"), () => tellLength($("#q"))));
  }
  try { const size = localStorage.getItem("font"); if (size && $("[data-font]")) font(size); } catch (error) { /* none kept */ }
})();
