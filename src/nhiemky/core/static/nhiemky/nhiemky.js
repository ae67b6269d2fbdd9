/* Everything here is comfort: each action also works as a plain link or form. Listeners sit on the document, so that
   they outlive what htmx swaps. */
"use strict";
(() => {
  const open = (id) => {
    const dialog = document.getElementById(id);
    if (!dialog?.showModal || dialog.open) return false;
    dialog.showModal();
    const field = dialog.querySelector("[name=q], [autofocus], input, button");
    field?.focus();
    field?.select?.();
    return true;
  };

  const typing = (at) => at.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && key === "k") {
      if (open("search")) event.preventDefault();
    } else if (key === "/" && !typing(event.target) && !event.ctrlKey && !event.altKey && !event.metaKey) {
      if (open("search")) event.preventDefault();
    } else if (key === "escape") {
      const menu = event.target.closest("details.menu[open], details[data-menu][open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    } else if (key === "arrowdown" || key === "arrowup") {
      walk(event, key === "arrowdown" ? 1 : -1);
    }
  });

  /* Up and down go through the results as through a list; up from the first returns to the field. */
  const walk = (event, step) => {
    const dialog = event.target.closest("dialog.search");
    if (!dialog) return;
    const stops = [dialog.querySelector("[name=q]"), ...dialog.querySelectorAll(".found a")];
    const next = stops[stops.indexOf(event.target) + step];
    if (next) {
      next.focus();
      event.preventDefault();
    }
  };

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener && !event.ctrlKey && !event.metaKey && open(opener.dataset.opens)) event.preventDefault();

    const dialog = event.target.closest("dialog");
    if (dialog && (event.target === dialog || event.target.closest("[data-closes]"))) dialog.close();

    if (event.target.closest("[data-prints]")) window.print();

    for (const menu of document.querySelectorAll("details[data-menu][open], details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  /* A filter applies as soon as it is chosen; its button stays for those without script. */
  document.addEventListener("change", (event) => {
    if (event.target.closest("[data-submits]")) event.target.form.requestSubmit();
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.name === "q" && event.target.closest("dialog") && !event.target.value.trim()) {
      event.preventDefault();
      document.getElementById("found").replaceChildren();
    }
  });
})();
