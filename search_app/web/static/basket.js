/* Collects without leaving the page; every button also works as the form that it belongs to.
   On the basket's own page: entries are dragged or moved by keys, notes are saved in place. */
(() => {
  "use strict";

  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const composing = (event) => event.isComposing || event.keyCode === 229;
  const form = $("#collect");
  if (!form) return;

  // ---- one edit after another, each answered before the next is sent ----

  let token = form.elements.token.value;
  let queue = Promise.resolve();

  const ask = (options) => fetch("/api/v1/basket", { credentials: "same-origin", ...options });
  const send = (fields) => ask({
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Basket-Token": token },
    body: JSON.stringify(fields),
  });

  async function edit(fields) {
    let response = await send(fields);
    if (response.status === 403) { // the page is older than the browser's key
      token = (await (await ask()).json()).token;
      response = await send(fields);
    }
    const body = await response.json();
    if (!response.ok) throw Object.assign(new Error(body.error.message + "。" + body.error.hint), { told: true });
    remember();
    show(body.now);
    if (others) others.postMessage(body.now);
    return body;
  }

  function inTurn(fields) {
    const done = queue.then(() => edit(fields));
    queue = done.catch(() => {});
    return done;
  }

  // ---- what the page shows of the basket ----

  function show(now) {
    token = now.token;
    if (now.basket) {
      if (!form.elements.basket) {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = "basket";
        form.append(field);
      }
      form.elements.basket.value = now.basket;
    } else if (form.elements.basket) form.elements.basket.remove();
    $("#basket-count").textContent = now.held.length ? " " + now.held.length.toLocaleString("zh-CN") : "";
    held = now.held;
    all("button[data-collect]").forEach(mark);
  }

  let held = null;

  function mark(button) {
    if (!held) return;
    const { collect, code } = button.dataset;
    const found = held.find((each) => (code ? each.code === code : each.passage === collect));
    button.value = found ? "remove:" + found.entry : "add:" + collect;
    button.classList.toggle("is-held", Boolean(found));
    button.setAttribute("aria-pressed", String(Boolean(found)));
    button.innerHTML = found ? '已加入<span class="collect-off"> · 移出</span>' : "加入素材夹";
  }

  // What is put in place later was made before, or after, the last edit of this page.
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) {
      if (node.nodeType === Node.ELEMENT_NODE) all("button[data-collect]", node).forEach(mark);
    }
  }).observe(document.body, { childList: true, subtree: true });

  const others = "BroadcastChannel" in window ? new BroadcastChannel("basket") : null;
  if (others) others.addEventListener("message", (event) => show(event.data));

  function remember() { try { localStorage.setItem("basket", "1"); } catch (error) { /* private windows keep nothing */ } }
  function collects() { try { return localStorage.getItem("basket") === "1"; } catch (error) { return false; } }

  window.addEventListener("pageshow", async (event) => {
    if (!event.persisted || !collects()) return;
    try { show(await (await ask()).json()); } catch (error) { /* shown as it was */ }
  });

  // ---- what is told ----

  let hiding = 0;

  function tell(text, removal) {
    const said = $("#said");
    clearTimeout(hiding);
    said.hidden = false;
    $("#said-text").textContent = text;
    let undo = $("#said-undo");
    if (!removal && undo) undo.remove();
    if (removal) {
      if (!undo) {
        undo = Object.assign(document.createElement("button"), { type: "submit", id: "said-undo", className: "plain", name: "do", textContent: "撤销" });
        undo.setAttribute("form", "collect");
        said.append(undo);
      }
      undo.value = "undo:" + removal;
    } else hiding = setTimeout(() => { said.hidden = true; }, 8000);
  }

  // Where the way through scripts fails, the form goes the plain way, and its page tells why.
  function plainly(owner, button) {
    owner.elements.back.value = location.pathname + location.search;
    owner.dataset.plain = "1";
    owner.requestSubmit(button);
  }

  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button || form.dataset.plain) return;
    event.preventDefault();
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    const [verb, argument] = button.value.split(":");
    const basket = form.elements.basket ? { basket: Number(form.elements.basket.value) } : {};
    const fields = {
      add: { do: "add", passages: [argument], ...basket },
      remove: { do: "remove", entry: Number(argument), ...basket },
      undo: { do: "undo", removal: Number(argument) },
    }[verb];
    try {
      const done = await inTurn(fields);
      if (verb === "undo" && $("#entries, .basket-empty")) { location.reload(); return; }
      tell(done.message, done.removal);
      if (verb === "undo") $("#said-text").focus();
    } catch (error) {
      if (error.told) tell(error.message); else plainly(form, button);
    } finally {
      button.removeAttribute("aria-busy");
    }
  });

  // ---- the basket's own page ----

  const list = $("#entries[data-basket]");
  if (!list) return;
  const basket = Number(list.dataset.basket);
  const rows = () => all(":scope > .entry", list);
  const numberOf = (row) => Number(row.dataset.entry);

  function count() {
    let number = 0;
    const shown = rows();
    shown.forEach((row, at) => {
      const place = $(".entry-number", row);
      if (place) place.textContent = ++number + ".";
      $("button[value=up]", row).disabled = at === 0;
      $("button[value=down]", row).disabled = at === shown.length - 1;
    });
    $("#basket-size").textContent = number.toLocaleString("zh-CN") + " 段";
  }

  function whereIs(row) { return "已移到第 " + (rows().indexOf(row) + 1) + " 条，共 " + rows().length + " 条"; }

  async function place(row, next, focus) {
    list.insertBefore(row, next);
    count();
    if (focus) (focus.disabled ? $("[data-grip]", row) : focus).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    try {
      await inTurn({ do: "move", basket, entry: numberOf(row), ...(next ? { before: numberOf(next) } : {}) });
      tell(whereIs(row));
    } catch (error) {
      tell(error.told ? error.message : "没有存上，请刷新页面再试。");
    }
  }

  function step(row, by, focus) {
    const shown = rows(), at = shown.indexOf(row) + by;
    if (at < 0 || at >= shown.length) return;
    place(row, by < 0 ? shown[at] : shown[at + 1] || null, focus);
  }

  // ---- notes ----

  const dirty = (owner) => { const text = owner.elements.text; return Boolean(text) && text.value !== text.defaultValue; };

  async function save(owner) {
    const { text, was, entry } = owner.elements;
    const sent = text.value;
    const done = await inTurn({ do: "note", basket, entry: Number(entry.value), text: sent, was: was.value });
    was.value = done.was;
    text.defaultValue = sent;
    shown(owner.closest(".entry"), sent.trim());
    return done;
  }

  function shown(row, words) {
    const heading = $(".own-heading", row);
    if (heading) { heading.textContent = words; return; }
    let note = $(".note", row);
    if (!words) { if (note) note.remove(); return; }
    if (!note) {
      note = document.createElement("div");
      note.className = "note";
      note.innerHTML = '<span class="note-label">备注</span><p class="note-text"></p>';
      $("article", row).append(note);
    }
    $(".note-text", note).textContent = words;
  }

  list.addEventListener("submit", async (event) => {
    const owner = event.target, button = event.submitter, row = owner.closest(".entry");
    if (!owner.matches(".entry-form") || owner.dataset.plain || !button) return;
    if (!["note", "up", "down", "remove"].includes(button.value)) return;
    event.preventDefault();
    try {
      if (dirty(owner) || button.value === "note") await save(owner);
      if (button.value === "note") {
        tell("已保存");
        const write = $(".write", row);
        write.open = false;
        $("summary", write).focus();
      } else if (button.value === "remove") {
        const next = row.nextElementSibling || row.previousElementSibling;
        const done = await inTurn({ do: "remove", basket, entry: numberOf(row) });
        row.remove();
        count();
        tell(done.message, done.removal);
        if (next) $("[data-grip]", next).focus({ preventScroll: true }); else location.reload();
      } else step(row, button.value === "up" ? -1 : 1, button);
    } catch (error) {
      plainly(owner, button);
    }
  });

  window.addEventListener("beforeunload", (event) => {
    if (all(".entry-form", list).some((owner) => dirty(owner) && !owner.dataset.plain && !owner.dataset.sent)) event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches(".entry-form") && !event.defaultPrevented) event.target.dataset.sent = "1";
  });

  // ---- by keys and by hand ----

  list.addEventListener("keydown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || composing(event) || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    step(grip.closest(".entry"), event.key === "ArrowUp" ? -1 : 1, grip);
  });

  let dragged = null;

  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button) return;
    const row = grip.closest(".entry");
    dragged = { row, grip, next: row.nextElementSibling };
    grip.setPointerCapture(event.pointerId);
    row.classList.add("is-dragged");
  });

  list.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    if (event.clientY < 90) window.scrollBy(0, -12);
    if (event.clientY > innerHeight - 60) window.scrollBy(0, 12);
    const over = rows().find((row) => {
      const box = row.getBoundingClientRect();
      return row !== dragged.row && event.clientY >= box.top && event.clientY < box.bottom;
    });
    if (!over) return;
    const box = over.getBoundingClientRect();
    list.insertBefore(dragged.row, event.clientY < box.top + box.height / 2 ? over : over.nextElementSibling);
  });

  function drop(kept) {
    if (!dragged) return;
    const { row, grip, next } = dragged;
    dragged = null;
    row.classList.remove("is-dragged");
    if (!kept) list.insertBefore(row, next);
    else if (row.nextElementSibling !== next) place(row, row.nextElementSibling, grip);
  }

  list.addEventListener("pointerup", () => drop(true));
  list.addEventListener("pointercancel", () => drop(false));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") drop(false); });
})();
