/* The full list of a facet: counts what is ticked, says so, and does not let more be sent than is taken.
   The page works without it: whatever is ticked goes along with every button of the form. */
(() => {
  "use strict";

  const form = document.getElementById("pick");
  if (!form) return;
  const said = document.getElementById("picked"), apply = form.querySelector("button[name=apply]");
  const most = Number(form.dataset.most);

  function count({ aloud }) {
    const boxes = [...form.querySelectorAll("input[type=checkbox]:checked")];
    const ticked = boxes.filter((box) => box.name === form.dataset.name).length;
    const excluded = boxes.length - ticked;
    const over = Math.max(ticked, excluded) - most;
    const words = ["已选 " + ticked + " 个", ...(excluded ? ["排除 " + excluded + " 个"] : [])].join("，");
    said.textContent = over > 0 ? words + "，最多 " + most + " 个，请去掉 " + over + " 个" : words;
    apply.disabled = over > 0;
    if (aloud) document.getElementById("announcer").textContent = said.textContent;
  }

  form.addEventListener("change", (event) => {
    if (event.target.matches("input[type=checkbox]")) count({ aloud: true });
  });
  // A browser that goes back to this page ticks the boxes again, after the page is built.
  window.addEventListener("pageshow", () => { if (form.querySelector("input[type=checkbox]:checked")) count({ aloud: false }); });
})();
