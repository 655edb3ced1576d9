/* The filters, the legend, the communities and the buttons. */
import { drawMore, leaveScene, showCommunity, showEntity } from "./actions.js";
import { fit, paint, reveal, zoom } from "./canvas.js";
import { finder } from "./finder.js";
import { existed, passing } from "./filters.js";
import { graph, nameOf } from "./graph.js";
import { startHistogram, updateHistogram } from "./histogram.js";
import { savePng, saveSvg } from "./picture.js";
import { DRAWABLE, drawn, tidy } from "./scenes.js";
import { canUndo, change, startOver, state, undo } from "./state.js";
import { announce, button, byId, copy, make, plural } from "./dom.js";

const FIRST = 12; // communities that are listed; the others are small

/** Filters; the picture is shown whole again, unless the reader looks at something in it. */
const narrow = (patch) => change(patch, { fit: !state.entity && !state.statement, filtered: true });

/** Makes a box that filters by one value of a list in the state. */
function toggle(name, value, label, sign) {
  const count = make("small");
  const box = make("input", { type: "checkbox", value, onchange: () => {
    const off = state[name].filter((each) => each !== value);
    narrow({ [name]: box.checked ? off : [...off, value] });
  } });
  box.dataset.filter = name;
  return { value, box, count, element: make("label", null, box, sign ?? null, make("span", null, label), " ", count) };
}

const toggles = { kinds: [], lines: [], relations: [] };

function startToggles() {
  const signs = byId("signs").content;
  const sign = (kind) => signs.querySelector(`[data-sign="${kind}"]`).cloneNode(true);
  const capital = (text) => text[0].toUpperCase() + text.slice(1);
  toggles.kinds = graph.kinds.map((kind) => toggle("kinds", kind, capital(kind), sign(kind)));
  toggles.lines = graph.lines.map((line, i) => toggle("lines", line, graph.meanings[i], sign(line)));
  toggles.lines[graph.disputed].box.remove(); // it is no status of a claim, but what claims make together
  toggles.relations = graph.relations.map((relation) => toggle("relations", relation, relation));
  for (const [name, list] of Object.entries(toggles)) byId(name).append(...list.map(({ element }) => element));
  byId("relations-none").addEventListener("click", () => narrow({ relations: [...graph.relations] }));
  byId("relations-all").addEventListener("click", () => narrow({ relations: [] }));
}

function updateToggles() {
  const disputed = passing.lines.reduce((sum, line) => sum + (line === graph.disputed ? 1 : 0), 0);
  const usual = (counts) => (_, i) => counts[i];
  const counts = { kinds: usual(passing.count.kinds), relations: usual(passing.count.relations),
    lines: (_, i) => (i === graph.disputed ? disputed : passing.count.lines[i]) };
  for (const [name, list] of Object.entries(toggles)) {
    list.forEach(({ value, box, count, element }, i) => {
      box.checked = !state[name].includes(value);
      const number = counts[name](value, i);
      count.textContent = number.toLocaleString("en-GB");
      element.hidden = number === 0 && box.checked;
    });
  }
  byId("relations-words").textContent = state.relations.length
    ? `${graph.relations.length - state.relations.length} of ${graph.relations.length}` : "all";
}

/** Fills a choice with values and how many claims each has, the most first. */
function options(select, values, chosen) {
  const made = values.map(([value, text, count]) => make("option", { value, selected: value === chosen },
    count === null ? text : `${text} (${count.toLocaleString("en-GB")})`));
  select.replaceChildren(...made);
  select.value = chosen;
}

function updateChoices() {
  const ranked = (counts) => [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 500);
  const speakers = ranked(passing.count.speakers).map(([i, n]) =>
    (i < 0 ? ["-", "The documents’ own words", n] : [graph.entities.id[i], nameOf(i), n]));
  const documents = ranked(passing.count.documents).filter(([i]) => i >= 0).map(([i, n]) =>
    [graph.documents.id[i], graph.documents.title[i], n]);
  for (const [name, rows] of [["speaker", speakers], ["document", documents]]) {
    if (state[name] && !rows.some(([value]) => value === state[name])) rows.push([state[name], state[name], 0]);
    options(byId(name), [["", name === "speaker" ? "Anybody" : "Any", null], ...rows], state[name]);
  }
  byId("confidence").value = state.confidence;
  byId("confidence-words").textContent = Number(state.confidence) ? `at least ${Number(state.confidence).toFixed(2)}` : "any";
  byId("asof").value = state.asof;
  const gone = drawn.entities.filter((entity) => !existed(entity)).length;
  byId("asof-words").textContent = gone ? `${plural(gone, "body", "bodies")} in the picture did not exist then, and ${
    gone === 1 ? "is" : "are"} faint with a broken rim.` : "";
}

function startChoices() {
  byId("asof-box").hidden = !graph.statements.entries.some(Boolean);
  for (const name of ["speaker", "document", "confidence", "asof"]) {
    byId(name).addEventListener("change", () => narrow({ [name]: byId(name).value }));
  }
}

function startCommunities() {
  const sizes = new Map();
  for (const number of graph.entities.community) sizes.set(number, (sizes.get(number) ?? 0) + 1);
  byId("communities-box").hidden = graph.communities.length === 0;
  byId("communities").append(...graph.communities.slice(0, FIRST).map((name, number) => {
    const item = button(name, () => (state.community === String(number) ? leaveScene() : showCommunity(String(number))),
      { className: "row" });
    item.append(make("small", null, plural(sizes.get(number), "member")));
    item.dataset.community = number;
    return make("li", null, item);
  }));
}

/** Says what the picture shows of what there is. */
function updateWords() {
  const isPath = state.path.length === 2 && state.path.every((id) => graph.number.has(id));
  const scene = isPath ? "A path: " : state.focus ? `What is ${plural(Number(state.steps), "step")} from ${
    nameOf(graph.number.get(state.focus) ?? 0)}: ` : state.community === "" ? "" : "A community: ";
  byId("scene-words").textContent = `${scene}${plural(drawn.entities.length, "entity", "entities")} and ${
    plural(drawn.statements.length, "statement")} drawn; ${plural(passing.count.claims, "claim")} pass the filters.`;
  byId("more").hidden = drawn.missing === 0 || drawn.entities.length >= DRAWABLE || state.path.length === 2;
  byId("more").textContent = `Draw more (${drawn.missing.toLocaleString("en-GB")})`;
  byId("leave").hidden = !(state.path.length || state.focus || state.community !== "");
  byId("undo").disabled = !canUndo();
  for (const item of document.querySelectorAll("[data-community]")) {
    item.ariaPressed = String(item.dataset.community === state.community);
  }
}

function theme() {
  const { dataset } = document.documentElement;
  const dark = dataset.theme ? dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  dataset.theme = dark ? "light" : "dark";
  paint();
}

export function startControls() {
  finder(byId("query"), byId("matches"), (entity) => showEntity(entity));
  startToggles();
  startChoices();
  startHistogram(narrow);
  startCommunities();
  const doing = {
    "zoom-in": () => zoom(1.4), "zoom-out": () => zoom(1 / 1.4), fit, undo, more: drawMore, leave: leaveScene, theme,
    tidy: () => { tidy(); paint(); fit(); announce("The picture is arranged anew."); },
    "start-over": startOver, svg: saveSvg, png: savePng, link: () => copy(location.href),
    "facts-only": () => narrow({ lines: graph.lines.filter((line) => !["fact", "register"].includes(line)) }),
    "lines-all": () => narrow({ lines: [], kinds: [] }),
  };
  for (const [id, action] of Object.entries(doing)) byId(id).addEventListener("click", action);
  for (const item of document.querySelectorAll("[data-show]")) {
    item.addEventListener("click", () => change({ view: item.dataset.show }));
  }
  // On a narrow screen the filters would push the picture out of sight.
  byId("filters-box").open = matchMedia("(min-width: 1100px)").matches;
}

export function updateControls() {
  document.documentElement.dataset.view = state.view;
  for (const item of document.querySelectorAll("[data-show]")) {
    item.ariaPressed = String(item.dataset.show === state.view);
  }
  updateToggles();
  updateChoices();
  updateHistogram();
  updateWords();
  if (state.view === "graph") reveal();
}
