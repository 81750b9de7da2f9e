/* The page of a report: the bar says where the reader is, keys walk the results, what is looked for is marked in place.
   Every page works without it. */
(() => {
  "use strict";

  const bar = document.getElementById("report-bar");
  if (!bar) return;
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const composing = (event) => event.isComposing || event.keyCode === 229;
  const announce = (words) => { $("#announcer").textContent = words; };

  // ---- where the reader is ----

  const here = $(".bar-here", bar), count = $("[data-hit]", bar), collects = $("[data-collect-here]", bar);
  const passages = all(".passage");
  const outlined = all(".outline a").filter((link) => document.getElementById(link.hash.slice(1)));
  const headings = outlined.map((link) => document.getElementById(link.hash.slice(1)));

  /** The last of these that begins above the line at which one reads, given that they stand in order. */
  function passed(elements, line) {
    let first = 0, end = elements.length;
    while (first < end) {
      const middle = (first + end) >> 1;
      if (elements[middle].getBoundingClientRect().top <= line) first = middle + 1; else end = middle;
    }
    return first - 1;
  }

  const isSeen = (element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > bar.getBoundingClientRect().bottom && box.top < innerHeight;
  };

  /** The passage that was stepped or jumped to while it is in sight, else the one being read. */
  function current() {
    const named = $(".passage.is-current") || $(".passage:target");
    if (named && isSeen(named)) return named;
    return passages[Math.max(passed(passages, readingLine()), 0)];
  }

  const readingLine = () => bar.getBoundingClientRect().bottom + Math.min(innerHeight * 0.25, 180);
  const button = (passage) => passage && $(".collect-here button, .collect-here a", passage);

  function tell() {
    const passage = current();
    const at = passed(headings, passage ? passage.getBoundingClientRect().top + 1 : readingLine());
    const words = at < 0 ? "" : outlined[at].textContent;
    if (here.textContent !== words) { here.textContent = words; here.title = words; }
    outlined.forEach((link, place) => {
      if (place === at) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    if (count) {
      const hits = all(".passage.is-hit");
      const at = passage && passage.classList.contains("is-hit") ? hits.indexOf(passage) : passed(hits, readingLine());
      const words = at < 0 ? "" : at + 1 + "/";
      if (count.textContent !== words) count.textContent = words;
    }
    if (collects) {
      const own = button(passage);
      collects.hidden = !own;
      if (own) {
        collects.textContent = own.textContent.trim() || "加入素材夹";
        collects.title = "第 " + passage.id.slice(2) + " 段：" + collects.textContent;
      }
    }
  }

  let due = false;
  function tellSoon() {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; tell(); });
  }
  ["scroll", "resize", "hashchange"].forEach((name) => window.addEventListener(name, tellSoon, { passive: true }));
  new MutationObserver(tellSoon).observe($("#body"), { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });

  if (collects) collects.addEventListener("click", () => {
    const own = button(current());
    if (own) own.click();
    setTimeout(tell, 300);
  });

  // ---- looking for something in this report ----

  const fold = $("#bar-find"), form = $("#findform"), box = $("#find"), state = $("#find-state"), others = $("#find-elsewhere");
  let turn = 0, at = -1, timer = 0, composes = false, shown = box.value.trim();
  const places = () => all("#body mark.found[id]");

  function address(words) {
    const url = new URL(form.dataset.url, location.href);
    if (words) url.searchParams.set("find", words);
    return url.pathname + url.search;
  }

  /** Put the marks of another page of this report into the texts here: what is unfolded and focused stays. */
  function takeMarks(page) {
    all("#body .text, #body .heading").forEach((element) => {
      const owner = element.matches(".heading") ? element : element.closest(".passage");
      const other = owner && page.getElementById(owner.id);
      const fresh = other && (element === owner ? other : $(".text", other));
      if (fresh && element.parentElement.closest(".unfolded") === null && fresh.innerHTML !== element.innerHTML) {
        element.replaceChildren(...document.adoptNode(fresh).childNodes);
      }
    });
    others.replaceChildren(...document.adoptNode(page.getElementById("find-elsewhere")).childNodes);
  }

  async function look() {
    const words = box.value.trim(), mine = ++turn;
    if (words === shown) return;
    let page;
    try {
      const response = await fetch(address(words), { headers: { Accept: "text/html" }, credentials: "same-origin" });
      page = new DOMParser().parseFromString(await response.text(), "text/html");
    } catch (error) { page = null; }
    if (mine !== turn) return;
    if (!page || !page.getElementById("find-state")) { location.assign(address(words)); return; }
    takeMarks(page);
    shown = words;
    history.replaceState(history.state, "", address(words) + (words ? "" : location.hash));
    const found = places();
    state.textContent = words && !found.length ? page.getElementById("find-state").textContent.trim() || "没有" : "";
    at = -1;
    if (found.length) go(firstBelow(found));
    else if (words) announce(state.textContent);
    tell();
  }

  function firstBelow(found) {
    const top = bar.getBoundingClientRect().bottom;
    const below = found.findIndex((mark) => mark.getBoundingClientRect().top >= top);
    return below < 0 ? 0 : below;
  }

  function go(to) {
    const found = places();
    if (!found.length) return;
    at = (to + found.length) % found.length;
    all("#body mark.found.is-now").forEach((mark) => mark.classList.remove("is-now"));
    found[at].classList.add("is-now");
    found[at].scrollIntoView({ block: "center" });
    state.textContent = at + 1 + "/" + found.length + " 处";
  }

  function move(by) {
    if (box.value.trim() !== shown) { clearTimeout(timer); look(); return; }
    const found = places();
    if (!found.length) return;
    go(at < 0 ? (by > 0 ? firstBelow(found) : firstBelow(found) - 1) : at + by);
  }

  function openFind() {
    fold.open = true;
    box.focus();
    box.select();
  }

  function clear() {
    clearTimeout(timer);
    box.value = "";
    look();
  }

  const lookSoon = () => { clearTimeout(timer); timer = setTimeout(look, 250); };
  box.addEventListener("compositionstart", () => { composes = true; });
  box.addEventListener("compositionend", () => { composes = false; lookSoon(); });
  box.addEventListener("input", (event) => { if (!composes && !event.isComposing) lookSoon(); });
  box.addEventListener("keydown", (event) => {
    if (composing(event) || composes) { if (event.key === "Enter") event.preventDefault(); return; }
    if (event.key === "Enter") { event.preventDefault(); move(event.shiftKey ? -1 : 1); }
    else if (event.key === "Escape") {
      event.preventDefault();
      if (box.value || shown) clear(); else { fold.open = false; $("summary", fold).focus(); }
    }
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); if (!composes) move(1); });
  form.addEventListener("click", (event) => {
    const by = event.target.closest("[data-find]");
    if (!by) return;
    if (by.dataset.find !== "0") { move(Number(by.dataset.find)); return; }
    if (box.value || shown) clear();
    fold.open = false;
    $("summary", fold).focus();
  });
  fold.addEventListener("toggle", () => {
    document.body.classList.toggle("is-finding", fold.open);
    if (fold.open && !shown) box.focus({ preventScroll: true });
  });

  // ---- keys ----

  document.addEventListener("keydown", (event) => {
    if (composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    const way = { "[": "a[rel=prev]", "]": "a[rel=next]" }[event.key];
    if (way) { const link = $(".bar-walk " + way, bar); if (link) link.click(); else announce("没有了"); }
    else if (event.key === "f") { event.preventDefault(); openFind(); }
  });

  if (shown && places().length) {
    const named = /^#f-[0-9]+$/.test(location.hash) ? places().findIndex((mark) => "#" + mark.id === location.hash) : -1;
    if (named >= 0) go(named); else state.textContent = places().length + " 处";
  }
  tell();
})();
