// The draft page: how many characters there are, files that are dragged onto it, and a word while it is being checked.
"use strict";
(() => {
  const form = document.getElementById("draft-form");
  if (!form) return;
  const box = document.getElementById("draft-text");
  const count = document.getElementById("draft-count");
  const pick = document.getElementById("draft-drop");
  const file = document.getElementById("draft-file");
  const picked = document.getElementById("draft-picked");
  const most = Number(form.dataset.most);
  const bytes = Number(form.dataset.bytes);

  const tell = () => {
    const length = [...box.value].length;
    const over = length > most;
    count.textContent = over
      ? `已有 ${length.toLocaleString()} 个字，超过 ${most.toLocaleString()} 个字，请删短后再查。`
      : `${length.toLocaleString()} 个字，最多 ${most.toLocaleString()} 个字。`;
    count.classList.toggle("is-over", over);
  };
  box.addEventListener("input", tell);
  if (box.value) tell();

  const choose = () => {
    const chosen = file.files[0];
    if (!chosen) { picked.textContent = ""; return true; }
    const large = chosen.size > bytes;
    picked.textContent = large
      ? `“${chosen.name}”有 ${(chosen.size / 1048576).toFixed(1)} MB，超过 ${bytes / 1048576} MB，请去掉照片后另存，或把正文粘贴到上面。`
      : `已选“${chosen.name}”，将检查这个文件。`;
    return !large;
  };
  file.addEventListener("change", choose);

  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      pick.classList.add("is-over");
    });
  }
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => pick.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    file.files = event.dataTransfer.files;
    choose();
  });

  form.addEventListener("submit", (event) => {
    if (!choose()) {
      event.preventDefault();
      file.focus();
      return;
    }
    const saves = event.submitter && event.submitter.name === "format";
    const button = form.querySelector(".primary");
    if (saves) return;
    setTimeout(() => { button.disabled = true; button.textContent = "正在检查…"; }, 0);
  });
  window.addEventListener("pageshow", () => {
    const button = form.querySelector(".primary");
    button.disabled = false;
    button.textContent = "检查草稿";
  });
})();
