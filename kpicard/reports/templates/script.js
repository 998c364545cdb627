"use strict";
// Sorting and filtering of tables, as an extra: without it the page says all the same.

const inOrder = new Intl.Collator(document.documentElement.lang).compare;

/** A cell's number, so that 9 stands before 10; NaN where it is none. */
const figure = (shown) => Number.parseFloat(shown.replace(/[,+±]/g, "").replace("−", "-"));

/** Compares what two cells show; cells without a value come last, whichever way. */
function compare(one, other, sign) {
  const [a, b] = [figure(one), figure(other)];
  if (Number.isNaN(a) !== Number.isNaN(b)) return Number.isNaN(a) ? 1 : -1;
  return sign * (Number.isNaN(a) ? inOrder(one, other) : a - b);
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

function makeSortable(table) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = element("button", ...heading.childNodes);
    button.type = "button";
    heading.append(button);
    button.addEventListener("click", () => {
      const rising = heading.getAttribute("aria-sort") !== "ascending";
      headings.forEach((each) => each.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", rising ? "ascending" : "descending");
      const keyed = [...table.tBodies[0].rows].map((row) => [row.cells[column].textContent.trim(), row]);
      keyed.sort(([a], [b]) => compare(a, b, rising ? 1 : -1));
      table.tBodies[0].append(...keyed.map(([, row]) => row));
    });
  });
}

function makeFilterable(table) {
  const rows = [...table.tBodies[0].rows];
  const tools = element("div");
  const count = element("output");
  const find = element("input");
  const choices = [];
  find.type = "search";
  tools.className = "tools";
  tools.append(element("label", table.dataset.find, find));
  for (const heading of table.tHead.querySelectorAll("[data-choose]")) {
    const column = heading.cellIndex;
    const values = [...new Set(rows.map((row) => row.cells[column].textContent.trim()))].filter(Boolean);
    values.sort(inOrder);
    const select = element("select", new Option(table.dataset.all, ""), ...values.map((value) => new Option(value, value)));
    choices.push([column, select]);
    tools.append(element("label", heading.textContent.trim(), select));
  }
  const show = () => {
    const wanted = find.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const fits = row.textContent.toLowerCase().includes(wanted)
        && choices.every(([column, select]) => !select.value || row.cells[column].textContent.trim() === select.value);
      row.hidden = !fits;
      shown += fits;
    }
    count.value = table.dataset.shown.replace("{shown}", shown).replace("{all}", rows.length);
  };
  tools.addEventListener("input", show);
  show();
  tools.append(count);
  table.before(tools);
}

for (const table of document.querySelectorAll(".sortable")) {
  makeFilterable(table);
  makeSortable(table);
}
