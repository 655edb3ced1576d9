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
import { byId } from "./dom.js";
import { neighbours } from "./walks.js";

const read = (id) => JSON.parse(byId(id).textContent);

/** Brings the page up to date with the state. */
function update({ fit: whole, panel, jump, undone } = {}) {
  applyFilters();
  updateScene();
  paint();
  updateControls();
  updateTable();
  updateQuestions();
  if (whole) fit();
  if (whole || panel || undone) updatePanel(jump, panel);
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

async function main() {
  await loadGraph();
  const nodes = read("nodes");
  const { clientHeight, clientWidth } = byId("network");
  if (clientHeight > clientWidth) for (const node of nodes) [node.x, node.y] = [node.y, node.x];
  setOpening(nodes);
  startCanvas(read("options"), read("shapes"));
  startControls();
  startTable();
  startQuestions();
  startKeyboard();
  startPrinting();
  onChange(update);
  start();
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
