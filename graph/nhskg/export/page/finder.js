/* A box in which one types a name and chooses an entity, https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. */
import { make } from "./dom.js";
import { graph, nameOf } from "./graph.js";
import { kindOf } from "./looks.js";
import { search } from "./search.js";

/** Makes an input suggest entities; `choose` gets the number of the one chosen. */
export function finder(input, list, choose) {
  const options = () => [...list.querySelectorAll("[role=option]")];
  const name = input.id;

  function open(state) {
    list.hidden = !state;
    input.ariaExpanded = String(state);
    if (!state) input.removeAttribute("aria-activedescendant");
  }

  function mark(place) {
    options().forEach((option, at) => { option.ariaSelected = String(at === place); });
    if (place < 0) {
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", `${name}-match-${place}`);
      options()[place].scrollIntoView({ block: "nearest" });
    }
  }

  function pick(entity) {
    input.value = nameOf(entity);
    open(false);
    choose(entity);
  }

  function suggest() {
    const found = search(input.value);
    list.replaceChildren(...found.map(({ entity, shown }, place) => {
      const alias = shown !== nameOf(entity) && shown !== graph.entities.ods[entity] ? shown : "";
      const note = [alias, kindOf(entity), graph.entities.ods[entity]].filter(Boolean).join(" · ");
      return make("li", {
        id: `${name}-match-${place}`, role: "option", ariaSelected: "false",
        onmousedown: (event) => event.preventDefault(), onclick: () => pick(entity),
      }, nameOf(entity), make("small", {}, note));
    }));
    const typed = input.value.trim() !== "";
    if (typed && !found.length) {
      list.append(make("li", { className: "none", role: "option", ariaDisabled: "true", ariaSelected: "false" },
        "Nothing has this name or code."));
    }
    open(typed);
    mark(found.length ? 0 : -1);
  }

  input.addEventListener("input", suggest);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    const at = options().findIndex((option) => option.ariaSelected === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") open(false);
    if (event.key === "Enter" && !list.hidden) { event.preventDefault(); options()[at]?.click(); }
    if (step && options().length) {
      event.preventDefault();
      open(true);
      mark((at + step + options().length) % options().length);
    }
  });
}
