// What the pages cannot do without a script: keys of lists, the session's end, copying nothing, storing nothing.
"use strict";

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

const rows = () => [...document.querySelectorAll("[data-row]")];

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
  (next.querySelector("summary, a, button") || next).focus();
  next.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const row = document.activeElement.closest("[data-row]") || document.querySelector("article[data-row]");
  if (!row || row.open === false) return false;
  const button = row.querySelector(`[data-key="${key}"]`);
  if (button) button.click();
  const field = button && button.tagName === "SUMMARY" && button.parentElement.querySelector("input[name=reason], select");
  if (field) setTimeout(() => field.focus());
  return Boolean(button);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = event.key.toLowerCase();
  const help = document.querySelector("dialog#keys");
  if (key === "?" && help) { help.open ? help.close() : help.showModal(); event.preventDefault(); }
  else if (key === "/" && document.querySelector("[data-search]")) { document.querySelector("[data-search]").focus(); event.preventDefault(); }
  else if (key === "s" && document.querySelector("[data-later]")) document.querySelector("[data-later]").click();
  else if (rows().length && press(key)) event.preventDefault();
  else if (key === "j" || key === "k") { move(key === "j" ? 1 : -1); }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  if (event.target.closest("[data-help]")) document.querySelector("dialog#keys").showModal();
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-all]")) return;
  for (const box of event.target.closest("table").querySelectorAll("input[name=id]")) box.checked = event.target.checked;
});
