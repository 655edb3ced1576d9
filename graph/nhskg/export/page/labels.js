/* Which labels have room in the picture at a zoom. */
import { EDGE_LETTERS, edgeLabel, lettersOf, sizeOf, wrapped } from "./looks.js";
import { graph, isRegister } from "./graph.js";

/** Far out, things are drawn larger than the scale has them, and labels always in a size that one can read. */
export const grownAt = (scale) => Math.max(1, Math.min(4, scale ** -0.8));

/** Chooses the items whose labels have room: what is lit first, then the most linked.

    Gives two maps, from entities and from statements to how far the label moves from its place below or along. */
export function roomFor({ entities, statements, places }, near, lit, scale) {
  const found = { entities: new Map(), statements: new Map() };
  const zoomed = Math.max(scale, 1);
  const cells = new Map();

  /** Takes a box unless something is in the way; `always` for what is there whether it has room or not. */
  function take(x, y, width, height, always) {
    const box = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
    const mine = [];
    for (let i = Math.floor(box.left / 60); i <= box.right / 60; i += 1) {
      for (let j = Math.floor(box.top / 60); j <= box.bottom / 60; j += 1) mine.push(`${i},${j}`);
    }
    const touches = (other) => box.left < other.right && other.left < box.right && box.top < other.bottom &&
      other.top < box.bottom;
    if (!always && mine.some((cell) => cells.get(cell)?.some(touches))) return false;
    for (const cell of mine) cells.set(cell, [...(cells.get(cell) ?? []), box]);
    return true;
  }

  const named = (id) => (near.size ? near.has(id) : graph.entities.mentioned[id] || scale > 0.9);
  const ranked = entities.filter(named).sort((a, b) => graph.weight[b] - graph.weight[a] || a - b);
  ranked.forEach((id, rank) => {
    // The most linked may cover other nodes, the rest may not.
    if (rank === 8) for (const other of ranked) take(places.get(other).x * scale, places.get(other).y * scale, 8, 8, true);
    const { x, y } = places.get(id);
    const lines = wrapped(id);
    const letters = lettersOf(id) * zoomed;
    const height = lines.length * letters * 1.1;
    const width = Math.max(...lines.map((line) => line.length)) * letters * 0.54;
    const below = sizeOf(id) * scale * grownAt(scale) + 4 + height / 2;
    const side = [1, -1].find((sign) => take(x * scale, y * scale + sign * below, width, height, false));
    if (side) found.entities.set(id, side < 0 ? -2 * below / scale : 0);
  });
  for (const i of near.size ? lit : statements.filter((each) => !isRegister(each))) {
    const [from, to] = [places.get(graph.statements.subject[i]), places.get(graph.statements.object[i])];
    const [dx, dy] = [(to.x - from.x) * scale, (to.y - from.y) * scale];
    const length = Math.hypot(dx, dy);
    const width = edgeLabel(i).length * EDGE_LETTERS * 0.54 * zoomed;
    // A label lies along its edge, so that the corners of the box around it are empty.
    const [across, down] = [10 + width * Math.abs(dx) / length, 10 + width * Math.abs(dy) / length];
    if (length > width + 40 && take((from.x + to.x) * scale / 2, (from.y + to.y) * scale / 2, across, down, lit.has(i))) {
      found.statements.set(i, 0);
    }
  }
  return found;
}
