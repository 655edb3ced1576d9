/* Where nodes stand. The build places the first picture; what is drawn later is placed here, by the same forces and
   without chance, beside what it is linked to. */

const SPACE = 120;
const REACH = 2.5 * SPACE;
const GATHER = 0.25; // how strongly an arrangement of everything draws its parts together
const PUSHES = 4e6; // pairs of nodes that may push one another in one arrangement, so that it takes no second

/** Gives every one of `ids` a place in the map `places`; those that have one keep it, unless `loose` is true. */
export function arrange(ids, links, places, loose = false) {
  const near = new Map(ids.map((id) => [id, []]));
  for (const [a, b] of links) {
    if (a === b) continue;
    near.get(a).push(b);
    near.get(b).push(a);
  }
  const free = loose ? ids : ids.filter((id) => !places.has(id));
  if (!free.length) return;
  const turns = new Map();
  let outside = Math.max(0, ...ids.filter((id) => places.has(id)).map((id) => places.get(id).y)) + SPACE;
  const byLinks = [...free].sort((a, b) => near.get(b).length - near.get(a).length || a - b);
  const queue = [...byLinks.filter((id) => near.get(id).some((other) => places.has(other))), ...byLinks];
  for (let at = 0; at < queue.length; at += 1) {
    const id = queue[at];
    if (places.has(id)) continue;
    const anchor = near.get(id).find((other) => places.has(other));
    if (anchor === undefined) {
      places.set(id, { x: (turns.size % 8) * SPACE, y: outside });
      outside += SPACE * 2;
      turns.set(id, 0);
    } else {
      const turn = turns.get(anchor) ?? 0;
      turns.set(anchor, turn + 1);
      // The golden angle spreads any number of neighbours evenly.
      const [angle, radius] = [turn * 2.39996, SPACE * (0.8 + 0.25 * Math.sqrt(turn))];
      const { x, y } = places.get(anchor);
      places.set(id, { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) });
    }
    queue.splice(at + 1, 0, ...near.get(id).filter((other) => !places.has(other)));
  }
  loosen(ids, links, places, new Set(free), free.length === ids.length ? GATHER : 0);
}

/** Applies the forces of Fruchterman and Reingold (1991) to the nodes that are free, and `gather` towards the middle. */
function loosen(ids, links, places, free, gather) {
  const number = new Map(ids.map((id, i) => [id, i]));
  const xs = ids.map((id) => places.get(id).x);
  const ys = ids.map((id) => places.get(id).y);
  const pairs = links.map(([a, b]) => [number.get(a), number.get(b)]).filter(([a, b]) => a !== b);
  // Nodes with many neighbours push harder, as in the build's layout.py.
  const degree = new Float64Array(ids.length).fill(1);
  for (const pair of pairs) for (const i of pair) degree[i] += 1;
  const charge = degree.map((number) => number ** 0.25);
  const rounds = Math.max(10, Math.min(120, Math.round(PUSHES / ids.length ** 2)));
  for (let round = 0; round < rounds; round += 1) {
    const fx = new Float64Array(ids.length);
    const fy = new Float64Array(ids.length);
    const force = (i, j, size) => {
      fx[i] += (xs[i] - xs[j]) * size;
      fy[i] += (ys[i] - ys[j]) * size;
      fx[j] -= (xs[i] - xs[j]) * size;
      fy[j] -= (ys[i] - ys[j]) * size;
    };
    for (let i = 0; i < ids.length; i += 1) {
      for (let j = i + 1; j < ids.length; j += 1) {
        const square = (xs[i] - xs[j]) ** 2 + (ys[i] - ys[j]) ** 2;
        if (square === 0) xs[i] += 1;
        else if (square < REACH * REACH) force(i, j, SPACE * SPACE * charge[i] * charge[j] / square);
      }
    }
    for (const [i, j] of pairs) force(i, j, -Math.hypot(xs[i] - xs[j], ys[i] - ys[j]) / SPACE);
    const [midX, midY] = [xs, ys].map((list) => list.reduce((sum, at) => sum + at, 0) / list.length);
    if (gather) ids.forEach((_, i) => { fx[i] -= (xs[i] - midX) * gather; fy[i] -= (ys[i] - midY) * gather; });
    const heat = SPACE * (1 - round / rounds);
    for (let i = 0; i < ids.length; i += 1) {
      if (!free.has(ids[i])) continue;
      const scale = Math.min(1, heat / (Math.hypot(fx[i], fy[i]) || 1));
      xs[i] += fx[i] * scale;
      ys[i] += fy[i] * scale;
    }
  }
  ids.forEach((id, i) => { if (free.has(id)) places.set(id, { x: Math.round(xs[i]), y: Math.round(ys[i]) }); });
}
