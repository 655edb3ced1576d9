/* Draws the graph and keeps picture, panel, filters and table in step with what the reader chooses. */
import { clear, expand, showEntity, showStatement } from "./actions.js";
import { canvas, fit, lookAt, paint, startCanvas } from "./canvas.js";
import { startControls, updateControls } from "./controls.js";
import { applyFilters } from "./filters.js";
import { graph, loadGraph, nameOf, statementOf, words } from "./graph.js";
import { startKeyboard } from "./keyboard.js";
import { updatePanel } from "./panel.js";
import { inLight, svg } from "./picture.js";
import { startQuestions, updateQuestions } from "./questions.js";
import { drawn, setOpening, updateScene } from "./scenes.js";
import { search } from "./search.js";
import { onChange, start, state } from "./state.js";
import { startTable, updateTable } from "./table.js";
import { announce, byId } from "./dom.js";
import { neighbours } from "./walks.js";

const read = (id) => JSON.parse(byId(id).textContent);

/** Brings the page up to date with the state. */
function update({ fit: whole, panel, jump, undone, filtered } = {}) {
  applyFilters();
  updateScene();
  paint();
  updateControls();
  updateTable();
  updateQuestions();
  if (whole) fit();
  if (whole || panel || undone || filtered) updatePanel(jump, panel, filtered);
  if (jump && state.view === "graph") {
    const entity = graph.number.get(state.entity);
    if (entity !== undefined) {
      const here = new Set(drawn.entities);
      lookAt([entity, ...neighbours(entity).filter((other) => here.has(other))]);
    }
    const statement = state.statement ? statementOf(state.statement) : undefined;
    if (statement !== undefined) lookAt([graph.statements.subject[statement], graph.statements.object[statement]]);
  }
}

function startPrinting() {
  addEventListener("beforeprint", () => byId("print").replaceChildren(inLight(() => svg(1100))));
  addEventListener("afterprint", () => byId("print").replaceChildren());
}

/** Turns the first picture the way its frame is, and draws it out if it is narrower or flatter: labels need room. */
function suit(nodes) {
  const { clientHeight, clientWidth } = byId("network");
  if (!clientWidth || nodes.length < 2) return;
  if (clientHeight > clientWidth) for (const node of nodes) [node.x, node.y] = [node.y, node.x];
  const span = (axis) => Math.max(...nodes.map((node) => node[axis])) - Math.min(...nodes.map((node) => node[axis])) || 1;
  const ratio = clientWidth / clientHeight / (span("x") / span("y"));
  const [axis, factor] = ratio > 1 ? ["x", ratio] : ["y", 1 / ratio];
  for (const node of nodes) node[axis] = Math.round(node[axis] * Math.min(factor, 2));
}

async function main() {
  await loadGraph();
  const nodes = read("nodes");
  suit(nodes);
  setOpening(nodes);
  startCanvas(read("options"), read("shapes"));
  startControls();
  startTable();
  startQuestions();
  startKeyboard();
  startPrinting();
  onChange(update);
  start();
  const absent = [state.entity, state.focus, ...state.path, ...state.with].filter((id) => id && !graph.number.has(id));
  if (absent.length) announce(`Not in this graph, and so not shown: ${absent.join(", ")}`);
  canvas.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) showEntity(node, false);
    else if (edge !== undefined) showStatement(edge, false);
    else clear();
  });
  canvas.on("doubleClick", ({ nodes: [node] }) => { if (node !== undefined) expand(node); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  canvas.network.once("afterDrawing", () => {
    performance.mark("picture");
    setTimeout(() => { search("a"); words(); }, 200); // so that the first search and the first quotation come at once
  });
  window.nhskg = { graph, drawn, state, network: canvas.network, nameOf, search, showEntity, showStatement };
  document.documentElement.dataset.ready = "";
}

main();
