"use strict";
(() => {
  const PAGE = 50;
  const { texts, columns } = JSON.parse(document.getElementById("rows-data").textContent);
  const ARRAYS = { b: Int8Array, B: Uint8Array, h: Int16Array, H: Uint16Array, i: Int32Array, d: Float64Array };
  const unpacked = ([code, packed]) => {
    const text = atob(packed), bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
    return new ARRAYS[code](bytes.buffer);
  };
  for (const name of Object.keys(columns)) columns[name] = unpacked(columns[name]);
  const get = id => document.getElementById(id);
  const count = columns.source.length, lower = texts.map(text => text.toLowerCase());
  const facets = ["source", "category", "entity", "owner", "readers"];
  const numbers = ["values", "share", "persons", "confidence"];
  let shown = new Int32Array(count), found = 0, page = 0;

  const thin = number => String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const cell = (row, text, kind) => { const td = row.insertCell(); td.textContent = text; if (kind) td.className = kind; };

  for (const name of facets) {
    const seen = [...new Set(columns[name])].sort((a, b) => texts[a].localeCompare(texts[b], document.documentElement.lang));
    for (const number of seen) get("pick-" + name).add(new Option(texts[number], number));
  }

  function filter() {
    const words = get("pick-text").value.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = words.map(word => Uint8Array.from(lower, text => text.includes(word) ? 1 : 0));
    const picked = facets.map(name => [columns[name], get("pick-" + name).value]).filter(one => one[1] !== "").map(([c, v]) => [c, +v]);
    const { unit, field } = columns;
    found = 0;
    rows: for (let at = 0; at < count; at++) {
      for (const [column, value] of picked) if (column[at] !== value) continue rows;
      for (const hit of hits) if (!hit[unit[at]] && !hit[field[at]]) continue rows;
      shown[found++] = at;
    }
    page = 0;
    draw();
  }

  function draw() {
    const body = get("rows-body"), fresh = document.createElement("tbody");
    fresh.id = "rows-body";
    for (const at of shown.subarray(page * PAGE, Math.min(found, (page + 1) * PAGE))) {
      const row = fresh.insertRow();
      for (const name of ["source", "unit", "field", "category", "entity"]) cell(row, texts[columns[name][at]], name === "unit" || name === "field" ? "path" : "");
      for (const name of numbers) {
        const value = columns[name][at], percent = name === "share" || name === "confidence";
        cell(row, value < 0 || (name === "persons" && !value) ? "–" : thin(value) + (percent ? "\u202f%" : ""), "n");
      }
      cell(row, texts[columns.oldest[at]] || "–", "date");
      cell(row, texts[columns.readers[at]]);
      cell(row, texts[columns.owner[at]]);
    }
    body.replaceWith(fresh);
    const pages = Math.max(1, Math.ceil(found / PAGE));
    get("rows-count").textContent = `${thin(found)} / ${thin(count)}`;
    get("rows-page").textContent = `${thin(page + 1)} / ${thin(pages)}`;
    get("rows-back").disabled = page === 0;
    get("rows-on").disabled = page >= pages - 1;
  }

  for (const name of facets) get("pick-" + name).addEventListener("change", filter);
  get("pick-text").addEventListener("input", filter);
  get("rows-back").addEventListener("click", () => { page--; draw(); });
  get("rows-on").addEventListener("click", () => { page++; draw(); });
  filter();
  get("rows").hidden = false;
})();
