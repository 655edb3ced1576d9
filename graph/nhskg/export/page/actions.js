/* What a reader does with the graph; each is one change of the state. */
import { announce } from "./dom.js";
import { graph, linksOf, nameOf, otherEnd, range, statementKey } from "./graph.js";
import { passing } from "./filters.js";
import { company, drawn, more } from "./scenes.js";
import { change, scene, state } from "./state.js";

const idOf = (entity) => graph.entities.id[entity];
const without = (list, ids) => list.filter((id) => !ids.includes(id));
const joined = (list, ids) => [...new Set([...list, ...ids])];

/** Lifts the filters where they hide everything of what the reader asks for. */
function lifted(statements) {
  const hidden = statements.length && statements.every((i) => passing.lines[i] < 0);
  return hidden ? { kinds: [], lines: [], relations: [], speaker: "", document: "", confidence: "0", from: "", to: "",
    asof: "" } : {};
}

/** Tells of an entity; `jump` takes the reader there as well, as after a search or a link in the panel. */
export function showEntity(entity, jump = true) {
  const patch = { entity: idOf(entity), statement: "", without: without(state.without, [idOf(entity)]) };
  if (jump) {
    Object.assign(patch, { view: "graph" }, lifted([...linksOf(entity)]));
    patch.with = joined(state.with, company(entity));
  }
  change(patch, { panel: true, jump });
}

export function showStatement(statement, jump = true) {
  const ends = [graph.statements.subject[statement], graph.statements.object[statement]].map(idOf);
  const patch = { entity: "", statement: statementKey(statement) };
  if (jump) {
    Object.assign(patch, { view: "graph", without: without(state.without, ends) }, lifted([statement]));
    const absent = ends.filter((id) => !drawn.entities.includes(graph.number.get(id)));
    patch.with = joined(state.with, absent);
  }
  change(patch, { panel: true, jump });
}

export const clear = () => change({ entity: "", statement: "" }, { panel: true });

export function expand(entity) {
  const ids = company(entity, 40);
  change({ with: joined(state.with, [idOf(entity), ...ids]), without: without(state.without, ids) });
  announce(`${ids.length} more are drawn beside ${nameOf(entity)}.`);
}

/** Takes away the neighbours that are linked to nothing else in the picture. */
export function collapse(entity) {
  const ids = drawn.entities.filter((other) => other !== entity && linksOf(other).length && drawn.statements
    .filter((i) => graph.statements.subject[i] === other || graph.statements.object[i] === other)
    .every((i) => [entity, other].includes(otherEnd(i, other)))).map(idOf);
  change({ without: joined(state.without, ids), with: without(state.with, ids) });
  announce(`${ids.length} are no longer drawn beside ${nameOf(entity)}.`);
}

export function hide(entity) {
  change({ without: joined(state.without, [idOf(entity)]), with: without(state.with, [idOf(entity)]), entity: "" },
    { panel: true });
  announce(`${nameOf(entity)} is hidden; undo brings it back.`);
}

export const focusOn = (entity, steps) =>
  change({ ...scene({ focus: idOf(entity) }), steps: String(steps), with: [], without: [], entity: idOf(entity) },
    { fit: true, panel: true });

export const showPath = (from, to) =>
  change({ ...scene({ path: [idOf(from), idOf(to)] }), with: [], without: [], entity: "", statement: "" },
    { fit: true, panel: true });

export const showCommunity = (number) =>
  change({ ...scene({ community: number }), with: [], without: [], entity: "", statement: "" },
    { fit: true, panel: true });

export const leaveScene = () => change({ ...scene({}), with: [], without: [] }, { fit: true, panel: true });

export function drawMore() {
  const ids = more();
  change({ with: joined(state.with, ids) }, { fit: true });
  announce(`${ids.length} more are drawn.`);
}

/** Gives the claims of a statement that pass the filters, or all if none does. */
export function claimsOf(statement) {
  const all = range(graph.firstClaim, statement);
  const some = all.filter((claim) => passing.claims[claim]);
  return some.length ? some : all;
}
