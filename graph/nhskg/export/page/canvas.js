/* The picture: vis-network draws what scenes.js chooses. */
/* global vis */
import { byId, plural } from "./dom.js";
import { existed } from "./filters.js";
import { graph, isRegister, nameOf, statementOf } from "./graph.js";
import { grownAt, roomFor } from "./labels.js";
import {
  EDGE_LETTERS, FACE, bends, dashesOf, edgeLabel, isCrossed, kindOf, lettersOf, lineOf, palette, sizeOf, widthOf,
  wrapped,
} from "./looks.js";
import { drawn } from "./scenes.js";
import { state } from "./state.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const nodes = new vis.DataSet();
const edges = new vis.DataSet();
let network;
let shapes;
export const canvas = { on: (event, listener) => network.on(event, listener) };

/** Says what is chosen, and so in full colour while the rest is faint. */
export function highlights() {
  const { subject, object } = graph.statements;
  const entity = state.entity ? graph.number.get(state.entity) : undefined;
  const statement = state.statement ? statementOf(state.statement) : undefined;
  const lit = new Set(drawn.statements.filter((i) => (statement === undefined
    ? entity !== undefined && (subject[i] === entity || object[i] === entity) : i === statement)));
  const near = new Set([...lit].flatMap((i) => [subject[i], object[i]]));
  if (entity !== undefined && statement === undefined && drawn.entities.includes(entity)) near.add(entity);
  return { lit, near, entity, statement };
}

function nodeLook(id, look) {
  const { colour, grown, scale, near, labels, entity } = look;
  const faint = near.size > 0 && !near.has(id);
  const filled = graph.entities.mentioned[id];
  const { x, y } = drawn.places.get(id);
  return {
    id, x, y, label: wrapped(id).join("\n"), shape: shapes[kindOf(id)], size: sizeOf(id) * grown,
    title: `${nameOf(id)}\n${kindOf(id)}, ${filled ? plural(graph.weight[id], "statement") : "in no document"}`,
    color: {
      background: colour(faint || !existed(id) ? "faint" : filled ? kindOf(id) : "ground"),
      border: colour(faint ? "faint" : filled && existed(id) ? "rim" : kindOf(id)),
    },
    shapeProperties: { borderDashes: existed(id) ? false : [4 * grown, 3 * grown] },
    borderWidth: id === entity ? 4 * grown : existed(id) ? 1 : 1.5,
    font: {
      size: labels.entities.has(id) ? lettersOf(id) / Math.min(scale, 1) : 0, face: FACE,
      color: colour(faint ? "soft" : "ink"), vadjust: labels.entities.get(id) ?? 0,
      strokeWidth: 3 / Math.min(scale, 1), strokeColor: colour("ground"),
    },
  };
}

function edgeLook(i, look) {
  const { colour, grown, scale, near, lit, labels, bent } = look;
  const { subject, object } = graph.statements;
  const faint = near.size > 0 && !lit.has(i);
  const dashes = dashesOf(i);
  const { bend, turn } = bent.get(i);
  return {
    id: i, from: subject[i], to: object[i], label: edgeLabel(i),
    title: `${nameOf(subject[i])}\n${edgeLabel(i)}\n${nameOf(object[i])}\n${graph.meanings[graph.lines.indexOf(lineOf(i))]}`,
    width: grown * (faint ? 1 : widthOf(i) + (lit.has(i) ? 1 : 0)),
    dashes: dashes.length ? dashes.map((length) => length * grown) : false,
    arrows: {
      to: { enabled: true, scaleFactor: (isRegister(i) ? 0.35 : 0.55) * grown },
      middle: { enabled: isCrossed(i), type: "bar", scaleFactor: 0.5 * grown },
    },
    color: { color: colour(faint ? "faint" : lineOf(i)), opacity: look.crowded && !near.size ? 0.55 : 1 },
    smooth: bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : false,
    selfReference: { size: 22, angle: turn },
    font: {
      size: labels.statements.has(i) ? EDGE_LETTERS / Math.min(scale, 1) : 0, face: FACE, align: "middle",
      color: colour(isRegister(i) ? "soft" : lineOf(i)), strokeWidth: 3 / Math.min(scale, 1), strokeColor: colour("ground"),
    },
  };
}

/** Brings what vis-network draws up to date with the scene, the zoom, the colours and what is chosen. */
export function paint() {
  const scale = network.getScale();
  const { lit, near, entity } = highlights();
  const look = {
    colour: palette(), scale, grown: grownAt(scale), near, lit, entity, bent: bends(drawn.statements),
    labels: roomFor(drawn, near, lit, scale), crowded: drawn.statements.length > 250 && scale < 0.4,
  };
  redraw(drawn.statements.map((i) => edgeLook(i, look)), drawn.entities.map((id) => nodeLook(id, look)));
}

function redraw(edgeList, nodeList) {
  const wantedEdges = new Set(edgeList.map(({ id }) => id));
  const wantedNodes = new Set(nodeList.map(({ id }) => id));
  edges.remove(edges.getIds().filter((id) => !wantedEdges.has(id)));
  nodes.remove(nodes.getIds().filter((id) => !wantedNodes.has(id)));
  nodes.update(nodeList);
  edges.update(edgeList);
}

const motion = () => !calm.matches && drawn.statements.length < 500 && { duration: 350 };

let unseen = false;

/** Shows all that is drawn; behind the table it waits until the picture is to be seen. */
export function fit() {
  unseen = !byId("network").clientWidth;
  if (!drawn.entities.length || unseen) return;
  network.fit({ nodes: drawn.entities, minZoomLevel: 0.05, maxZoomLevel: 1.3 });
  const room = 1 - 70 / byId("network").clientWidth; // for the labels at the rim
  network.moveTo({ scale: network.getScale() * room });
}

/** To be called when the picture has come into sight. */
export function reveal() {
  network.redraw();
  if (unseen) fit();
}

export function lookAt(ids) {
  const here = ids.filter((id) => drawn.places.has(id));
  if (here.length) network.fit({ nodes: here, minZoomLevel: 0.05, maxZoomLevel: 1, animation: motion() });
}

export function zoom(factor) {
  network.moveTo({ scale: network.getScale() * factor, animation: motion() });
}

export function move(dx, dy) {
  const { x, y } = network.getViewPosition();
  network.moveTo({ position: { x: x + dx / network.getScale(), y: y + dy / network.getScale() } });
}

/** Gives the nearest entity in a direction from another one, or from the middle of the picture. */
export function neighbourTowards(entity, dx, dy) {
  const from = drawn.places.get(entity) ?? network.getViewPosition();
  const others = drawn.entities.filter((id) => id !== entity).map((id) => {
    const [x, y] = [drawn.places.get(id).x - from.x, drawn.places.get(id).y - from.y];
    return { id, ahead: x * dx + y * dy, aside: Math.abs(x * dy - y * dx) };
  }).filter(({ ahead, aside }) => ahead > 0 && aside <= 2 * ahead);
  return others.sort((a, b) => (a.ahead + 2 * a.aside) - (b.ahead + 2 * b.aside))[0]?.id;
}

export function startCanvas(options, shapeOfKind) {
  shapes = shapeOfKind;
  network = new vis.Network(byId("network"), { nodes, edges }, options);
  const frame = byId("network").querySelector(".vis-network");
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", "Drawing of the graph. Arrow keys go from one entity to the next. " +
    "The table gives the same claims as text.");
  canvas.network = network;
  // The zoom changes step by step under a wheel or an animation: paint when it rests.
  let painted = 0;
  let resting = 0;
  network.on("afterDrawing", () => {
    if (network.getScale() === painted) return;
    painted = network.getScale();
    clearTimeout(resting);
    resting = setTimeout(paint, 60);
  });
  network.on("dragEnd", ({ nodes: moved }) => {
    for (const id of moved) drawn.places.set(id, network.getPosition(id));
    if (moved.length) paint();
  });
  for (const item of ["Node", "Edge"]) {
    network.on(`hover${item}`, () => { byId("network").style.cursor = "pointer"; });
    network.on(`blur${item}`, () => { byId("network").style.cursor = ""; });
  }
}
