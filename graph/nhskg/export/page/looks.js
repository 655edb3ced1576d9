/* How things look: colours from page.css, sizes from what is said of them. */
import { passing } from "./filters.js";
import { graph, nameOf, relationOf } from "./graph.js";

export const FACE = "system-ui, 'Segoe UI', Arial, 'Liberation Sans', sans-serif";
export const EDGE_LETTERS = 11;
const probe = document.createElement("span");

/** Gives the colours in use, in light or dark. */
export function palette() {
  document.body.append(probe);
  const known = new Map();
  return (name) => {
    if (!known.has(name)) {
      probe.style.color = `var(--${name})`;
      known.set(name, getComputedStyle(probe).color);
    }
    return known.get(name);
  };
}

export const kindOf = (entity) => graph.kinds[graph.entities.kind[entity]];
export const lineOf = (statement) => graph.lines[passing.lines[statement]];
/** From 0 to 5: in a large graph the most linked are the measure, so that not all are large. */
const prominence = (entity) => Math.sqrt(graph.weight[entity]) / Math.max(1, Math.sqrt(graph.most) / 5);
export const sizeOf = (entity) => Math.round(4 + 2.5 * prominence(entity));
export const lettersOf = (entity) => Math.round(11 + prominence(entity));
export const widthOf = (statement) =>
  (passing.counts[statement] ? Math.min(1.2 + Math.log2(passing.counts[statement]), 6) : 0.6);
export const dashesOf = (statement) => graph.dashes[passing.lines[statement]];
export const isCrossed = (statement) => ["negated", "disputed"].includes(lineOf(statement));

/** Gives what is written along an edge. */
export function edgeLabel(statement) {
  const marks = { negated: "not: ", disputed: "disputed: " };
  return `${marks[lineOf(statement)] ?? ""}${relationOf(statement)}`;
}

/** Breaks a name into at most three short lines. */
export function wrapped(entity) {
  const lines = [""];
  for (const word of nameOf(entity).split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length >= 20) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  const cut = (line) => (line.length > 24 ? `${line.slice(0, 23)}…` : line);
  return (lines.length > 3 ? [...lines.slice(0, 2), `${lines[2]} …`] : lines).map(cut);
}

/** Says how far each of several edges between the same ends bends: from -0.3 to 0.3, to the right of its direction. */
export function bends(statements) {
  const { subject, object } = graph.statements;
  const key = (i) => (subject[i] < object[i] ? `${subject[i]},${object[i]}` : `${object[i]},${subject[i]}`);
  const groups = new Map();
  for (const i of statements) groups.set(key(i), [...(groups.get(key(i)) ?? []), i]);
  const found = new Map();
  for (const group of groups.values()) {
    const middle = (group.length - 1) / 2;
    group.forEach((i, nth) => {
      // Measured from the lower number to the higher, whichever way the statement points.
      const bend = middle ? 0.3 * (nth - middle) / Math.max(1, middle) : 0;
      found.set(i, { bend: subject[i] < object[i] ? bend : -bend, turn: nth * 2 * Math.PI / group.length });
    });
  }
  return found;
}
