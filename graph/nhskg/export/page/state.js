/* What the reader has chosen. It is all in the address after "#", so that a view can be sent to somebody, and every
   change can be undone. */

const PLAIN = {
  view: "graph", entity: "", statement: "", kinds: [], lines: [], relations: [], speaker: "", document: "",
  confidence: "0", from: "", to: "", asof: "", with: [], without: [], focus: "", steps: "1", community: "", path: [],
};
/** What a value must look like; an address that somebody has mistyped leaves out what does not. */
const SHAPE_OF = {
  view: /^(graph|table|questions)$/, confidence: /^(0(\.\d+)?|1)$/, from: /^\d{4}-\d\d$/, to: /^\d{4}-\d\d$/,
  asof: /^\d{4}-\d\d-\d\d$/, steps: /^[1-9]$/, community: /^\d+$/,
};
const SCENES = { focus: "", community: "", path: [] };

export const state = structuredClone(PLAIN);
const listeners = [];
const past = [];

export function onChange(listener) {
  listeners.push(listener);
}

export function address() {
  const parts = new URLSearchParams();
  for (const [name, plain] of Object.entries(PLAIN)) {
    const value = state[name];
    if (String(value) !== String(plain)) parts.set(name, Array.isArray(value) ? value.join(",") : value);
  }
  return String(parts);
}

/** Takes the state from an address; what it does not name is as at the start. */
function adopt(text) {
  const parts = new URLSearchParams(text);
  for (const [name, plain] of Object.entries(PLAIN)) {
    const given = parts.get(name);
    const value = given && SHAPE_OF[name] && !SHAPE_OF[name].test(given) ? null : given;
    if (Array.isArray(plain)) state[name] = value ? value.split(",") : [];
    else state[name] = value ?? plain;
  }
}

function tell(how) {
  written = address();
  history.replaceState(null, "", written ? `#${written}` : location.pathname + location.search);
  for (const listener of listeners) listener(how);
}

let written = "";

/** Changes the state; `how` reaches the listeners. */
export function change(patch, how = {}) {
  const before = address();
  Object.assign(state, patch);
  if (address() !== before) past.push(before);
  if (past.length > 200) past.shift();
  tell(how);
}

/** Shows one scene (a neighbourhood, a community or a path) in place of another. */
export const scene = (patch) => ({ ...SCENES, ...patch });

export const canUndo = () => past.length > 0;

export function undo() {
  if (!canUndo()) return;
  adopt(past.pop());
  tell({ undone: true });
}

export function startOver() {
  change(structuredClone(PLAIN), { fit: true });
}

export const isFiltered = () => ["kinds", "lines", "relations", "speaker", "document", "from", "to", "asof"]
  .some((name) => state[name].length) || Number(state.confidence) > 0;

export const claimsFiltered = () => ["speaker", "document", "from", "to"].some((name) => state[name]) ||
  Number(state.confidence) > 0;

/** Reads the address, now and whenever the reader changes it. */
export function start() {
  adopt(location.hash.slice(1));
  tell({ fit: true });
  addEventListener("hashchange", () => {
    if (location.hash.slice(1) === written) return;
    past.push(written);
    adopt(location.hash.slice(1));
    tell({ fit: true });
  });
}
