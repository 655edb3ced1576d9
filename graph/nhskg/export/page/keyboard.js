/* What keys do, in the picture and in the page. */
import { clear, collapse, expand, focusOn, hide, showEntity } from "./actions.js";
import { fit, move, neighbourTowards, zoom } from "./canvas.js";
import { graph } from "./graph.js";
import { state, undo } from "./state.js";
import { byId } from "./dom.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function inPicture(event) {
  const entity = state.entity ? graph.number.get(state.entity) : undefined;
  const [dx, dy] = ARROWS[event.key] ?? [0, 0];
  if (dx || dy) {
    if (event.shiftKey) move(dx * 80, dy * 80);
    else {
      const next = neighbourTowards(entity, dx, dy);
      if (next !== undefined) showEntity(next, false);
    }
    return true;
  }
  const always = { "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), 0: fit, Escape: clear };
  const chosen = entity === undefined ? {} : {
    e: () => expand(entity), c: () => collapse(entity), h: () => hide(entity), Enter: () => byId("panel").querySelector("h2").focus(),
    1: () => focusOn(entity, 1), 2: () => focusOn(entity, 2), 3: () => focusOn(entity, 3),
  };
  const action = { ...always, ...chosen }[event.key];
  action?.();
  return Boolean(action);
}

export function startKeyboard() {
  byId("network").addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && inPicture(event)) event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input:not([type=checkbox]), textarea, select");
    if (typing) return;
    if (event.key === "z" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); undo(); }
    if (event.key === "/" && !event.ctrlKey) { event.preventDefault(); byId("query").focus(); }
  });
}
