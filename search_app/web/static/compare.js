/* Keeps which passages are chosen for comparing while one turns pages, in this tab alone (sessionStorage).
   Without it the boxes of one page are sent by their form. */
(() => {
  "use strict";

  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = $("#compare");
  if (!form) return;

  const KEY = "compare", MOST = 4;
  const boxes = () => all('input[form="compare"][name="p"]');
  const announce = (words) => { $("#announcer").textContent = words; };

  let chosen = read();

  function read() {
    try {
      const held = JSON.parse(sessionStorage.getItem(KEY) || "[]");
      return Array.isArray(held) ? held.filter((each) => each && typeof each.id === "string").slice(0, MOST) : [];
    } catch (error) { return []; }
  }

  function write() {
    try { sessionStorage.setItem(KEY, JSON.stringify(chosen)); } catch (error) { /* kept as long as the page */ }
    show();
  }

  const holds = (id) => chosen.some((each) => each.id === id);

  function choose(box) {
    if (!box.checked) {
      chosen = chosen.filter((each) => each.id !== box.value);
    } else if (!holds(box.value)) {
      if (chosen.length >= MOST) {
        box.checked = false;
        announce("一次最多对照 " + MOST + " 段，请先去掉一段");
        return;
      }
      chosen = [...chosen, { id: box.value, label: box.dataset.label || box.value }];
    }
    write();
  }

  // ---- what the bar and the boxes show ----

  function show() {
    const count = chosen.length;
    form.classList.toggle("is-used", count > 0);
    $("#compare-count").textContent = count ? "已选 " + count + " 段" + (count === 1 ? "，再选 1 至 3 段" : "") : "";
    $("#compare-chosen").replaceChildren(...chosen.map((each) => {
      const item = document.createElement("li"), name = document.createElement("span"), button = document.createElement("button");
      name.textContent = each.label;
      name.title = each.label;
      button.type = "button";
      button.textContent = "×";
      button.dataset.compareDrop = each.id;
      button.setAttribute("aria-label", "去掉：" + each.label);
      item.append(name, button);
      return item;
    }));
    $("#compare-go").textContent = count > 1 ? "对照这 " + count + " 段" : "再选一段来对照";
    mark();
  }

  function mark() {
    boxes().forEach((box) => { if (box.checked !== holds(box.value)) box.checked = holds(box.value); });
  }

  // ---- what one does ----

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches && box.matches('input[form="compare"][name="p"]')) choose(box);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!chosen.length) return;
    location.assign("/compare?" + chosen.map((each) => "p=" + encodeURIComponent(each.id)).join("&"));
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.compareDrop) {
      chosen = chosen.filter((each) => each.id !== button.dataset.compareDrop);
      write();
      (($("#compare-chosen button") || $("#compare-go"))).focus();
    } else if ("compareClear" in button.dataset) {
      chosen = [];
      write();
      announce("已全部取消");
      const first = boxes()[0];
      if (first) first.focus({ preventScroll: true });
    }
  });

  // Answers are replaced in place, and pages come back out of the browser's memory.
  new MutationObserver(mark).observe($("#main"), { childList: true, subtree: true });
  window.addEventListener("pageshow", () => { chosen = read(); show(); });
  window.addEventListener("beforeprint", () => all("details.long").forEach((each) => { each.open = true; }));
  show();
})();
