/* The picture as SVG, and as PNG made from that; also what is printed. */
import { highlights } from "./canvas.js";
import { existed } from "./filters.js";
import { graph, isRegister, nameOf } from "./graph.js";
import { grownAt, roomFor } from "./labels.js";
import {
  EDGE_LETTERS, FACE, bends, dashesOf, edgeLabel, isCrossed, kindOf, lettersOf, lineOf, palette, sizeOf, widthOf,
  wrapped,
} from "./looks.js";
import { drawn } from "./scenes.js";
import { save } from "./dom.js";

const SVG_SPACE = "http://www.w3.org/2000/svg";

function tag(name, attributes, ...children) {
  const element = document.createElementNS(SVG_SPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const round = (number) => Math.round(number * 10) / 10;
const polygon = (x, y, r, corners, turn, inner = 1) => Array.from({ length: corners }, (_, k) => {
  const angle = turn + k * 2 * Math.PI / corners;
  const radius = k % 2 ? r * inner : r;
  return `${round(x + radius * Math.sin(angle))},${round(y - radius * Math.cos(angle))}`;
}).join(" ");

function shape(id, x, y, r, paint) {
  const kind = kindOf(id);
  const points = {
    group: [6, Math.PI / 2], person: [3, 0], place: [3, Math.PI], fund: [4, 0], programme: [10, 0, 0.45],
  }[kind];
  if (kind === "document") return tag("rect", { x: x - r, y: y - r, width: 2 * r, height: 2 * r, ...paint });
  return points ? tag("polygon", { points: polygon(x, y, r, ...points), ...paint }) : tag("circle", { cx: x, cy: y, r, ...paint });
}

function text(lines, x, y, size, paint, turn = 0) {
  const rotated = turn ? { transform: `rotate(${round(turn)} ${round(x)} ${round(y)})` } : {};
  return tag("text", { "text-anchor": "middle", "font-size": round(size), "font-family": FACE, ...paint, ...rotated },
    ...lines.map((line, i) => tag("tspan", { x: round(x), y: round(y + i * size * 1.1) }, line)));
}

/** Gives the way of an edge: where it begins, bends and ends, and its middle and direction there. */
function way(i, bent) {
  const [from, to] = [graph.statements.subject[i], graph.statements.object[i]].map((id) => drawn.places.get(id));
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const bend = { x: (from.x + to.x) / 2 + dy * bent.bend, y: (from.y + to.y) / 2 - dx * bent.bend };
  return { from, to, bend, middle: { x: (from.x + to.x + 2 * bend.x) / 4, y: (from.y + to.y + 2 * bend.y) / 4 },
    angle: Math.atan2(dy, dx) };
}

function edge(i, bent, look) {
  const { colour, grown, lit, near } = look;
  const faint = near.size > 0 && !lit.has(i);
  const stroke = colour(faint ? "faint" : lineOf(i));
  const width = round(grown * (faint ? 1 : widthOf(i)));
  const paint = { fill: "none", stroke, "stroke-width": width };
  const dashes = dashesOf(i);
  if (dashes.length) paint["stroke-dasharray"] = dashes.map((length) => round(length * grown)).join(" ");
  const { from, to, bend, middle, angle } = way(i, bent);
  if (from === to) return [tag("circle", { cx: from.x + 22, cy: from.y - 22, r: 22, ...paint })];
  const object = graph.statements.object[i];
  const into = Math.atan2(to.y - bend.y, to.x - bend.x);
  const gap = sizeOf(object) * grown + 1;
  const tip = { x: to.x - gap * Math.cos(into), y: to.y - gap * Math.sin(into) };
  const head = (isRegister(i) ? 5 : 8) * grown;
  const wing = (turn) => `${round(tip.x - head * Math.cos(into + turn))},${round(tip.y - head * Math.sin(into + turn))}`;
  const parts = [
    tag("path", { d: `M${round(from.x)} ${round(from.y)}Q${round(bend.x)} ${round(bend.y)} ${round(tip.x)} ${round(tip.y)}`, ...paint }),
    tag("polygon", { points: `${round(tip.x)},${round(tip.y)} ${wing(0.4)} ${wing(-0.4)}`, fill: stroke }),
  ];
  if (isCrossed(i)) {
    const [cx, cy] = [Math.cos(angle + Math.PI / 4) * 7 * grown, Math.sin(angle + Math.PI / 4) * 7 * grown];
    parts.push(tag("path", { ...paint, "stroke-dasharray": "none", d: `M${round(middle.x - cx)} ${round(middle.y - cy)}L${round(middle.x + cx)} ${round(middle.y + cy)}` +
      `M${round(middle.x + cy)} ${round(middle.y - cx)}L${round(middle.x - cy)} ${round(middle.y + cx)}` }));
  }
  return parts;
}

/** Draws all of the scene; `width` is how wide it will be shown, which decides which labels have room. */
export function svg(width = 1600) {
  const points = drawn.entities.map((id) => drawn.places.get(id));
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right, top, bottom] = points.length ? [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
    : [0, 0, 0, 0];
  // Labels at the rim need as much room as they take in the size in which it will be shown.
  const rim = Math.max(1, (right - left + 280) / width);
  const box = { x: left - 140 * rim, y: top - 80 * rim, w: right - left + 280 * rim, h: bottom - top + 190 * rim };
  const scale = Math.min(width / box.w, 1.2);
  const colour = palette();
  const { lit, near } = highlights();
  const grown = grownAt(scale);
  const look = { colour, grown, lit, near };
  const labels = roomFor(drawn, near, lit, scale);
  const bent = bends(drawn.statements);
  const halo = { stroke: colour("ground"), "stroke-width": 3 / Math.min(scale, 1), "paint-order": "stroke", "stroke-linejoin": "round" };
  const height = Math.round(box.h * scale);
  const picture = tag("svg", { xmlns: SVG_SPACE, viewBox: `${box.x} ${box.y} ${box.w} ${box.h}`,
    width: Math.round(box.w * scale), height, role: "img" },
  tag("title", {}, `${document.title}: ${drawn.entities.length} entities, ${drawn.statements.length} statements`),
  tag("rect", { x: box.x, y: box.y, width: box.w, height: box.h, fill: colour("ground") }));
  for (const i of drawn.statements) picture.append(...edge(i, bent.get(i), look));
  for (const i of labels.statements.keys()) {
    const { middle, angle } = way(i, bent.get(i));
    const upright = Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle;
    picture.append(text([edgeLabel(i)], middle.x, middle.y + 4 / scale, EDGE_LETTERS / Math.min(scale, 1),
      { fill: colour(isRegister(i) ? "soft" : lineOf(i)), ...halo }, upright * 180 / Math.PI));
  }
  for (const id of drawn.entities) {
    const { x, y } = drawn.places.get(id);
    const faint = near.size > 0 && !near.has(id);
    const filled = graph.entities.mentioned[id];
    const made = shape(id, x, y, sizeOf(id) * grown, {
      fill: colour(faint || !existed(id) ? "faint" : filled ? kindOf(id) : "ground"),
      stroke: colour(faint ? "faint" : filled && existed(id) ? "rim" : kindOf(id)), "stroke-width": round(grown),
      ...(existed(id) ? {} : { "stroke-dasharray": "4 4" }),
    });
    made.append(tag("title", {}, nameOf(id)));
    picture.append(made);
  }
  for (const [id, moved] of labels.entities) {
    const { x, y } = drawn.places.get(id);
    const size = lettersOf(id) / Math.min(scale, 1);
    const lines = wrapped(id);
    const below = sizeOf(id) * grown + size;
    const top = moved ? y - below - (lines.length - 1) * size * 1.1 + size * 0.7 : y + below;
    picture.append(text(lines, x, top, size, { fill: colour("ink"), ...halo }));
  }
  return picture;
}

const asFile = () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg())}\n`;

/** Does something in light colours, as papers have them. */
export function inLight(action) {
  const { dataset } = document.documentElement;
  const theme = dataset.theme;
  dataset.theme = "light";
  try {
    return action();
  } finally {
    if (theme) dataset.theme = theme;
    else delete dataset.theme;
  }
}

export const saveSvg = () => save("graph.svg", "image/svg+xml", inLight(asFile));

export async function savePng() {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(inLight(asFile))}`;
  await image.decode();
  const sheet = document.createElement("canvas");
  Object.assign(sheet, { width: image.naturalWidth * 2, height: image.naturalHeight * 2 });
  sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
  sheet.toBlob((blob) => save("graph.png", "image/png", blob));
}
