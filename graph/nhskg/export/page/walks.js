/* Ways through the graph over the statements that pass the filters. */
import { graph, linksOf, otherEnd } from "./graph.js";
import { passing } from "./filters.js";

/** Gives the neighbours of an entity, those with the most statements first. */
export function neighbours(entity) {
  const found = new Set();
  for (const statement of linksOf(entity)) {
    const other = otherEnd(statement, entity);
    if (passing.lines[statement] >= 0 && other !== entity) found.add(other);
  }
  return [...found].sort((a, b) => graph.weight[b] - graph.weight[a] || a - b);
}

/** Gives the entities up to so many steps away, the nearest first, no more than `limit`. */
export function around(entity, steps, limit) {
  const found = new Set([entity]);
  let rim = [entity];
  for (let step = 0; step < steps && rim.length; step += 1) {
    const next = [];
    for (const one of rim) {
      for (const other of neighbours(one)) {
        if (found.size >= limit) return found;
        if (!found.has(other)) { found.add(other); next.push(other); }
      }
    }
    rim = next;
  }
  return found;
}

/** Gives a shortest path between two entities, or none. */
export function shortestPath(from, to) {
  const before = new Map([[from, from]]);
  let rim = [from];
  while (rim.length && !before.has(to)) {
    const next = [];
    for (const one of rim) {
      for (const other of neighbours(one)) {
        if (!before.has(other)) { before.set(other, one); next.push(other); }
      }
    }
    rim = next;
  }
  if (!before.has(to)) return [];
  const path = [to];
  while (path[0] !== from) path.unshift(before.get(path[0]));
  return path;
}
