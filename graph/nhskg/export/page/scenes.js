/* Which entities and statements are drawn: never more than can be read. */
import { passing } from "./filters.js";
import { graph } from "./graph.js";
import { arrange } from "./places.js";
import { isFiltered, state } from "./state.js";
import { around, neighbours, shortestPath } from "./walks.js";

export const READABLE = 120;
export const DRAWABLE = 600;
export const COMPANY = 24; // neighbours that come with an entity that was looked for

const opening = { ids: [], places: new Map() };
let kept = { key: null, places: new Map() };

/** What is drawn: entities, statements between them, and the places of entities. */
export const drawn = { entities: [], statements: [], places: new Map(), missing: 0 };

export function setOpening(nodes) {
  opening.ids = nodes.map((node) => node.id);
  opening.places = new Map(nodes.map(({ id, x, y }) => [id, { x, y }]));
}

const numbers = (ids) => ids.map((id) => graph.number.get(id)).filter((number) => number !== undefined);

/** Whether the register alone brings a person: holders of posts are told in the panel and not drawn. */
const isUnseen = (entity) => !graph.entities.mentioned[entity] &&
  graph.kinds[graph.entities.kind[entity]] === "person";

/** Gives the entities with the most statements that pass, and that are linked among themselves. */
function mostLinked(limit, among = () => true) {
  const degree = new Map();
  const { subject, object } = graph.statements;
  for (let i = 0; i < subject.length; i += 1) {
    if (passing.lines[i] < 0 || !among(subject[i]) || !among(object[i])) continue;
    if (isUnseen(subject[i])) continue;
    const weight = passing.counts[i] ? 1 : 0.2;
    degree.set(subject[i], (degree.get(subject[i]) ?? 0) + weight);
    if (object[i] !== subject[i]) degree.set(object[i], (degree.get(object[i]) ?? 0) + weight);
  }
  const ranked = [...degree].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([id]) => id);
  return { chosen: ranked.slice(0, limit), all: ranked.length };
}

/** Chooses the entities of the scene, and says how many more there are. */
function choose() {
  const path = numbers(state.path);
  if (path.length === 2) {
    const way = shortestPath(...path);
    return { key: `path ${state.path}`, ids: way.length ? way : path, all: way.length || 2 };
  }
  const focus = graph.number.get(state.focus);
  if (focus !== undefined) {
    const ids = [...around(focus, Number(state.steps), READABLE * 2)];
    return { key: `focus ${focus}`, ids, all: ids.length };
  }
  if (state.community !== "") {
    const { chosen, all } = mostLinked(READABLE, (id) => graph.entities.community[id] === Number(state.community));
    return { key: `community ${state.community}`, ids: chosen, all };
  }
  const { chosen, all } = mostLinked(READABLE);
  return { key: "", ids: isFiltered() ? chosen : opening.ids, all };
}

export function updateScene() {
  const { key, ids, all } = choose();
  const wanted = new Set([...ids, ...numbers(state.with)]);
  const chosen = graph.number.get(state.entity);
  if (chosen !== undefined) wanted.add(chosen);
  for (const id of numbers(state.without)) wanted.delete(id);
  const { subject, object } = graph.statements;
  const statements = [];
  const linked = new Set();
  for (const id of wanted) {
    for (let at = graph.firstLink[id]; at < graph.firstLink[id + 1]; at += 1) {
      const i = graph.links[at];
      if (subject[i] !== id || passing.lines[i] < 0 || !wanted.has(object[i])) continue;
      statements.push(i);
      linked.add(subject[i]).add(object[i]);
    }
  }
  const entities = [...wanted].filter((id) => linked.has(id) || id === chosen).sort((a, b) => a - b);
  const links = statements.map((i) => [subject[i], object[i]]);
  if (kept.key !== key) kept = { key, places: key ? new Map() : new Map(opening.places) };
  arrange(entities, links, kept.places);
  Object.assign(drawn, { entities, statements: statements.sort((a, b) => a - b), places: kept.places,
    missing: Math.max(0, all - entities.length) });
}

/** Arranges all that is drawn anew. */
export function tidy() {
  const { subject, object } = graph.statements;
  arrange(drawn.entities, drawn.statements.map((i) => [subject[i], object[i]]), drawn.places, true);
}

/** Gives what is to be drawn in so that an entity stands in company. */
export function company(entity, limit = COMPANY) {
  const here = new Set(drawn.entities);
  const ids = [entity, ...neighbours(entity).filter((id) => !isUnseen(id)).slice(0, limit)];
  return ids.filter((id) => !here.has(id)).map((id) => graph.entities.id[id]);
}

/** Gives the next most linked entities that are not drawn yet. */
export function more() {
  const here = new Set(drawn.entities);
  const among = state.community === "" ? undefined : (id) => graph.entities.community[id] === Number(state.community);
  const { chosen } = mostLinked(DRAWABLE, among);
  const room = Math.min(100, DRAWABLE - here.size);
  return chosen.filter((id) => !here.has(id)).slice(0, Math.max(0, room)).map((id) => graph.entities.id[id]);
}
