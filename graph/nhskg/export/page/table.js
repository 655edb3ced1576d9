/* The same claims as a table: sorted, filtered, a page at a time, and as CSV. */
import { showEntity, showStatement } from "./actions.js";
import { passing } from "./filters.js";
import { graph, isRegister, nameOf, range, relationOf, words } from "./graph.js";
import { plain } from "./search.js";
import { state } from "./state.js";
import { button, byId, day, make, plural, save } from "./dom.js";

const PAGE = 100;
const view = { column: -1, up: true, page: 0, wanted: "" };
let rows = [];

const titleOf = (claim) => graph.documents.title[graph.claims.document[claim]] ?? "";
const isoOf = (claim) => graph.claims.date[claim] + (graph.documents.guessed[graph.claims.document[claim]] ? " (guessed)" : "");
const speakerOf = (claim) => (graph.claims.speaker[claim] < 0 ? "" : nameOf(graph.claims.speaker[claim]));

/** The columns: heading, text of a cell from statement, claim (or register entry) and words. */
const COLUMNS = [
  ["Subject", (i) => nameOf(graph.statements.subject[i])],
  ["Relation", (i) => relationOf(i)],
  ["Object", (i) => nameOf(graph.statements.object[i])],
  ["Status", (i, c) => graph.meanings[c === null ? graph.register : graph.claims.line[c]]],
  ["According to", (i, c, e, known) => (c === null ? known.entries.source[e] : speakerOf(c))],
  ["Date", (i, c, e) => (c === null ? graph.entries.start[e] : isoOf(c))],
  ["Quotation", (i, c, e, known) => (c === null
    ? [known.entries.words[e], known.entries.note[e]].filter(Boolean).join("; ")
    : known.sentences[known.claims.sentence[c]])],
  ["Amount", (i, c, e, known) => (c === null ? "" : known.claims.amount[c])],
  ["Document", (i, c) => (c === null ? "" : titleOf(c))],
  ["Confidence", (i, c) => (c === null ? "" : graph.claims.confidence[c].toFixed(2))],
];

function select(known) {
  const wanted = plain(view.wanted.trim());
  rows = [];
  for (let i = 0; i < passing.lines.length; i += 1) {
    if (passing.lines[i] < 0) continue;
    const items = isRegister(i) ? range(graph.firstEntry, i).map((e) => [i, null, e])
      : range(graph.firstClaim, i).filter((c) => passing.claims[c]).map((c) => [i, c, null]);
    for (const item of items) {
      if (!wanted || COLUMNS.some(([, text]) => plain(text(...item, known)).includes(wanted))) rows.push(item);
    }
  }
  if (view.column < 0) return;
  const text = COLUMNS[view.column][1];
  const keyed = rows.map((item, at) => [text(...item, known), at, item]);
  const sign = view.up ? 1 : -1;
  keyed.sort((a, b) => (a[0] < b[0] ? -sign : a[0] > b[0] ? sign : a[1] - b[1]));
  rows = keyed.map(([, , item]) => item);
}

function head() {
  return make("tr", null, ...COLUMNS.map(([name], at) => {
    const sorted = view.column === at;
    const arrow = sorted ? (view.up ? " ▲" : " ▼") : "";
    const cell = make("th", { scope: "col" }, button(name, () => {
      Object.assign(view, sorted && !view.up ? { column: -1, up: true } : { column: at, up: !sorted });
      view.page = 0;
      updateTable();
    }, { className: "sort" }));
    cell.firstChild.append(make("span", { ariaHidden: "true" }, arrow));
    cell.setAttribute("aria-sort", sorted ? (view.up ? "ascending" : "descending") : "none");
    return cell;
  }));
}

function line([i, c, e], known) {
  const cells = COLUMNS.map(([name, text], at) => {
    const words = text(i, c, e, known);
    if (name === "Subject") return make("td", null, button(words, () => showEntity(graph.statements.subject[i]), { className: "link" }));
    if (name === "Object") return make("td", null, button(words, () => showEntity(graph.statements.object[i]), { className: "link" }));
    if (name === "Relation") return make("td", null, button(words, () => showStatement(i), { className: "link" }));
    const url = name === "Document" && c !== null ? graph.documents.url[graph.claims.document[c]] : "";
    if (url) return make("td", null, make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words));
    return make("td", null, name === "Date" && words ? day(words) : words);
  });
  return make("tr", null, ...cells);
}

export async function updateTable() {
  if (state.view !== "table") return;
  const known = await words();
  select(known);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  view.page = Math.min(view.page, pages - 1);
  byId("rows-head").replaceChildren(head());
  byId("rows").replaceChildren(...rows.slice(view.page * PAGE, (view.page + 1) * PAGE).map((item) => line(item, known)));
  byId("rows-words").textContent = `${plural(rows.length, "row")}, page ${view.page + 1} of ${pages}`;
  byId("rows-back").disabled = view.page === 0;
  byId("rows-on").disabled = view.page >= pages - 1;
}

/** Quotes a cell as RFC 4180 has it; what a spreadsheet would take for a formula gets an apostrophe. */
function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** What a file has besides, to find a claim again in the build and in its document. */
const FILE_COLUMNS = [...COLUMNS,
  ["When", (i, c, e, known) => (c === null ? "" : known.claims.period[c])],
  ["Address", (i, c) => (c === null ? "" : graph.documents.url[graph.claims.document[c]] ?? "")],
  ["From character", (i, c, e, known) => (c === null ? "" : String(known.claims.start[c]))],
  ["Claim", (i, c, e, known) => (c === null ? "" : known.claims.id[c])],
];

export const csv = (known) => [FILE_COLUMNS.map(([name]) => name),
  ...rows.map((item) => FILE_COLUMNS.map(([, text]) => text(...item, known)))]
  .map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");

export function startTable() {
  let waiting = 0;
  byId("rows-query").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { Object.assign(view, { wanted: byId("rows-query").value, page: 0 }); updateTable(); }, 150);
  });
  const turn = (step) => () => { view.page += step; updateTable(); byId("table").scrollTop = 0; };
  byId("rows-back").addEventListener("click", turn(-1));
  byId("rows-on").addEventListener("click", turn(1));
  byId("rows-save").addEventListener("click", async () => {
    // The mark at the start tells spreadsheets that it is UTF-8.
    save("claims.csv", "text/csv", `\ufeff${csv(await words())}`);
  });
}
