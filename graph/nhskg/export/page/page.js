/* Draws the network and tells what is known of the entity or statement that is chosen. Texts that come from documents
   become text nodes and nothing else. */
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(byId(id).textContent);
  const data = read("data");
  const nodeList = read("nodes");
  const edgeList = read("edges");
  const entities = new Map(Object.entries(data.entities));
  const documents = new Map(Object.entries(data.documents));
  const placeOf = new Map(nodeList.map((node) => [node.id, node]));
  const panel = byId("panel");
  const EDGE_LETTERS = 11;
  const FACE = "system-ui, 'Segoe UI', Arial, 'Liberation Sans', sans-serif";
  const chosen = { entity: null, statement: null };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const narrow = matchMedia("(max-width: 820px)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  /** Makes an element; children are elements, or strings that become text. */
  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  const nameOf = (id) => entities.get(id).name;
  const plural = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const isRegister = (item) => item.line === "register";
  const isSettled = (statement) => isRegister(statement) || statement.claims.some((claim) => claim.line === "fact");

  // The canvas

  if (innerHeight > innerWidth) for (const node of nodeList) [node.x, node.y] = [node.y, node.x];
  const nodes = new vis.DataSet(nodeList);
  const edges = new vis.DataSet(edgeList);
  const network = new vis.Network(byId("network"), { nodes, edges }, read("options"));
  const motion = () => !calm.matches && edgeList.length < 500 && { duration: 350 };

  /** Far out, things are drawn larger than the scale has them, and labels always in a size that one can read. */
  const grownAt = (scale) => Math.max(1, Math.min(2.5, scale ** -0.7));

  /** Shows and colours every item after the filters, what is chosen, light or dark, and the zoom. */
  function paint() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const scale = network.getScale();
    const grown = grownAt(scale);
    const crowded = edgeList.length > 250 && scale < 0.4;
    const kinds = new Set([...document.querySelectorAll(".kind:checked")].map((box) => box.value));
    const factsOnly = byId("facts").checked;
    const withStructure = byId("structure").checked;
    const shownEdges = edgeList.filter((edge) => (!factsOnly || isSettled(data.statements[edge.id])) &&
      (withStructure || !isRegister(edge)) && [edge.from, edge.to].every((id) => kinds.has(placeOf.get(id).kind)));
    const linked = new Set(shownEdges.flatMap((edge) => [edge.from, edge.to]));
    const onlyLinked = (node) => factsOnly || !withStructure || !node.mentioned;
    const shownNodes = nodeList.filter((node) => kinds.has(node.kind) && (!onlyLinked(node) || linked.has(node.id)));
    const lit = new Set(shownEdges.filter(isLit));
    const near = new Set([...lit].flatMap((edge) => [edge.from, edge.to]));
    if (shownNodes.some((node) => node.id === chosen.entity)) near.add(chosen.entity);
    const dimming = near.size > 0;
    const labelled = roomFor(shownNodes, shownEdges, near, lit, scale);
    const visible = new Set([...shownNodes, ...shownEdges]);
    const font = (item, size, name, align) => ({
      size: labelled.has(item) ? size / Math.min(scale, 1) : 0, face: FACE, align, color: colour(name),
      vadjust: labelled.get(item) ?? 0, strokeWidth: 3 / Math.min(scale, 1), strokeColor: colour("ground"),
    });

    edges.update(edgeList.map((edge) => {
      const faint = dimming && !lit.has(edge);
      return {
        ...edge,
        hidden: !visible.has(edge),
        width: grown * (faint ? 1 : edge.width + (lit.has(edge) ? 1 : 0)),
        dashes: edge.dashes && edge.dashes.map((length) => length * grown),
        arrows: { to: { enabled: true, scaleFactor: (isRegister(edge) ? 0.35 : 0.55) * grown } },
        color: { color: colour(faint ? "faint" : edge.line), opacity: crowded && !dimming ? 0.55 : 1 },
        // vis-network 9 loses a label that lies along a level edge.
        font: font(edge, EDGE_LETTERS, edge.line, isLevel(edge) ? "horizontal" : "middle"),
      };
    }));
    nodes.update(nodeList.map((node) => {
      const faint = dimming && !near.has(node.id);
      return {
        ...node,
        hidden: !visible.has(node),
        size: node.size * grown,
        color: {
          background: colour(faint ? "faint" : node.mentioned ? node.kind : "ground"),
          border: colour(faint ? "faint" : node.mentioned ? "rim" : node.kind),
        },
        borderWidth: node.id === chosen.entity ? 4 * grown : 1,
        font: font(node, node.letters, faint ? "faint" : "ink", "center"),
      };
    }));
  }

  /** Chooses the items whose labels have room: what is lit first, then the most linked. */
  function roomFor(shownNodes, shownEdges, near, lit, scale) {
    const labelled = new Map(); // from items to how far the label moves from its place below or along
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

    const radius = (node) => node.size * scale * grownAt(scale);
    const named = (node) => (near.size ? near.has(node.id) : node.mentioned || scale > 0.9);
    const ranked = shownNodes.filter(named).sort((a, b) => b.size - a.size);
    for (const [place, node] of ranked.entries()) {
      // The most linked may cover other nodes, the rest may not.
      if (place === 8) for (const { x, y } of ranked) take(x * scale, y * scale, 8, 8, true);
      const lines = node.label.split("\n");
      const letters = node.letters * zoomed;
      const height = lines.length * letters * 1.1;
      const width = Math.max(...lines.map((line) => line.length)) * letters * 0.54;
      const below = radius(node) + 4 + height / 2;
      const side = [1, -1].find((sign) => take(node.x * scale, node.y * scale + sign * below, width, height, false));
      if (side) labelled.set(node, side < 0 ? -2 * below / scale : 0);
    }
    for (const edge of near.size ? lit : shownEdges.filter((each) => !isRegister(each))) {
      const [from, to] = [placeOf.get(edge.from), placeOf.get(edge.to)];
      const [dx, dy] = [(to.x - from.x) * scale, (to.y - from.y) * scale];
      const length = Math.hypot(dx, dy);
      const width = edge.label.length * EDGE_LETTERS * 0.54 * zoomed;
      // A label lies along its edge, so that the corners of the box around it are empty.
      const [across, down] = [10 + width * Math.abs(dx) / length, 10 + width * Math.abs(dy) / length];
      if (length > width + 40 &&
        take((from.x + to.x) * scale / 2, (from.y + to.y) * scale / 2, across, down, lit.has(edge))) {
        labelled.set(edge, 0);
      }
    }
    return labelled;
  }

  function isLevel(edge) {
    return placeOf.get(edge.from).y === placeOf.get(edge.to).y;
  }

  function isLit(edge) {
    if (chosen.statement !== null) return edge.id === chosen.statement;
    return chosen.entity !== null && (edge.from === chosen.entity || edge.to === chosen.entity);
  }

  function fit() {
    const visible = nodes.getIds({ filter: (node) => !node.hidden });
    if (!visible.length) return;
    network.fit({ nodes: visible, maxZoomLevel: 1.3 });
    const room = 1 - 70 / byId("network").clientWidth; // for the labels at the rim
    network.moveTo({ scale: network.getScale() * room });
  }

  function lookAt(ids) {
    const drawn = ids.filter((id) => placeOf.has(id));
    if (drawn.length) network.fit({ nodes: drawn, maxZoomLevel: 1, animation: motion() });
  }

  /** Lifts the filters if they hide what the reader asks for. */
  function unhide(item) {
    if (!item?.hidden) return;
    byId("facts").checked = false;
    byId("structure").checked = true;
    for (const box of document.querySelectorAll(".kind")) box.checked = true;
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: motion() });
  }

  // The panel

  function fillPanel(...children) {
    panel.replaceChildren(...children);
    panel.scrollTop = 0;
  }

  function heading(text) {
    return make("h2", { tabIndex: -1 }, text);
  }

  function entityLink(id) {
    return make("button", { type: "button", className: "link", onclick: () => showEntity(id, true) }, nameOf(id));
  }

  function source(claim) {
    const { title, url, source: publication } = documents.get(claim.document);
    const link = url ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title) : title;
    const details = [publication, claim.date].filter(Boolean).join(", ");
    return make("p", {}, link, details ? ` (${details})` : "");
  }

  function claimArticle(claim) {
    const who = claim.speaker === null
      ? make("p", {}, "In the document’s own words")
      : make("p", {}, "According to ", entityLink(claim.speaker));
    const amount = claim.amount ? `Amount: ${claim.amount}. ` : "";
    const when = claim.when ? `When: ${claim.when}. ` : "";
    return make("article", {}, make("span", { className: `status ${claim.line}` }, data.meanings[claim.line]),
      make("blockquote", {}, claim.quote), who, source(claim),
      make("p", {}, `${when}${amount}Confidence: ${claim.confidence}`));
  }

  function entryArticle(entry) {
    return make("article", {}, make("p", {}, [entry.words, entry.note].filter(Boolean).join("; ")),
      make("p", {}, `Source: ${entry.source} (${entry.place})`));
  }

  /** Says how firm a statement is and how often it is made, or when it held as the register has it. */
  function standing(statement) {
    const { line, claims, entries } = statement;
    const times = entries.map((entry) => entry.words).join("; ");
    return `${data.meanings[line]}, ${isRegister(statement) ? times : plural(claims.length, "claim")}`;
  }

  function statementRow(number, text) {
    return make("button", { type: "button", className: "row", onclick: () => showStatement(number, true) },
      text, make("small", {}, standing(data.statements[number])));
  }

  function about() {
    fillPanel(
      heading("How to read this graph"),
      make("p", {}, "Each arrow is a statement that one or more documents make. Choose an arrow to read the " +
        "sentences behind it, or a body, person or fund to see all that is said of it."),
      make("p", {}, "A solid dark line is stated as fact in a document’s own words. All other lines are " +
        "somebody’s word, a plan, an allegation, a condition or a denial; “settled facts only” hides them. " +
        "Wider lines have more claims."),
      ...(edgeList.some(isRegister) ? [make("p", {}, "A thin grey line is no claim: it is what the register of NHS " +
        "bodies says of who is part of whom, who followed whom and who held a post. Hollow shapes are in no document.")]
        : []),
      make("p", {}, "The claims were read by a program. Check the sentence before you rely on one."),
    );
  }

  /** Takes the reader to the panel: by focus after a jump, by scrolling where the panel is below the graph. */
  function arrive(jump) {
    const title = panel.querySelector("h2");
    if (jump) title.focus({ preventScroll: true });
    if (narrow.matches) title.scrollIntoView({ block: "center" });
  }

  /** Tells of an entity; `jump` moves the reader there as well, as after a search or a link in the panel. */
  function showEntity(id, jump) {
    const entity = entities.get(id);
    if (jump) unhide(nodes.get(id));
    Object.assign(chosen, { entity: id, statement: null });
    paint();
    const names = entity.aliases.length ? [make("p", {}, `Also called: ${entity.aliases.join("; ")}`)] : [];
    const code = entity.ods ? `, ODS code ${entity.ods}` : "";
    const register = entity.registered ? ", in the register of NHS bodies" : "";
    const silent = entity.mentioned ? [] : [make("p", {}, "No document here mentions it; the register brings it.")];
    const [outwards, inwards, said] = [new Map(), new Map(), new Map()];
    const add = (groups, title, row) => groups.set(title, [...(groups.get(title) ?? []), row]);
    data.statements.forEach(({ subject, relation, object, claims }, number) => {
      if (subject === id) add(outwards, `${relation} …`, statementRow(number, nameOf(object)));
      else if (object === id) add(inwards, `… ${relation} this`, statementRow(number, nameOf(subject)));
      if (claims.some((claim) => claim.speaker === id)) {
        const words = `${nameOf(subject)} → ${relation} → ${nameOf(object)}`;
        add(said, "According to this source", statementRow(number, words));
      }
    });
    fillPanel(heading(entity.name), make("p", { className: "facts" }, `${entity.kind}${code}${register}`), ...names,
      ...silent,
      ...(placeOf.has(id) ? [] : [make("p", {}, "Not drawn: no statement begins or ends here.")]),
      ...[...outwards, ...inwards, ...said].flatMap(([title, rows]) =>
        [make("h3", {}, `${title} (${rows.length})`), ...rows]));
    if (jump && placeOf.has(id)) lookAt(network.getConnectedNodes(id).concat(id));
    arrive(jump);
  }

  function showStatement(number, jump) {
    if (jump) unhide(edges.get(number));
    Object.assign(chosen, { entity: null, statement: number });
    paint();
    const { subject, relation, object, claims, entries } = data.statements[number];
    fillPanel(
      make("h2", { tabIndex: -1, className: "ends" }, entityLink(subject),
        make("span", { className: "relation" }, `${relation} →`), entityLink(object)),
      make("p", { className: "facts" }, standing(data.statements[number])),
      ...claims.map(claimArticle), ...entries.map(entryArticle));
    if (jump) lookAt([subject, object]);
    arrive(jump);
  }

  function clear() {
    Object.assign(chosen, { entity: null, statement: null });
    paint();
    about();
  }

  // Search

  const query = byId("query");
  const matches = byId("matches");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").toLowerCase();
  const index = [...entities].map(([id, entity]) => ({
    id, entity, code: plain(entity.ods), names: [entity.name, ...entity.aliases].map((name) => [plain(name), name]),
  }));

  /** Ranks an entity for a query: exact code or name, start of a name, start of a word, elsewhere; -1 for no match. */
  function rank({ code, names }, wanted) {
    if (code === wanted || names.some(([name]) => name === wanted)) return 0;
    if (names.some(([name]) => name.startsWith(wanted))) return 1;
    if (names.some(([name]) => name.includes(` ${wanted}`))) return 2;
    return names.some(([name]) => name.includes(wanted)) ? 3 : -1;
  }

  function suggest() {
    const wanted = plain(query.value.trim());
    const found = !wanted ? [] : index.map((entry) => ({ ...entry, rank: rank(entry, wanted) }))
      .filter((entry) => entry.rank >= 0).sort((a, b) => a.rank - b.rank).slice(0, 8);
    matches.replaceChildren(...found.map(({ id, entity, names }, place) => {
      const alias = names.find(([name], at) => at && name.includes(wanted) && !names[0][0].includes(wanted))?.[1];
      const note = [alias, entity.kind, entity.ods].filter(Boolean).join(" · ");
      return make("li", {
        id: `match-${place}`, role: "option", ariaSelected: "false",
        onmousedown: (event) => event.preventDefault(), onclick: () => choose(id),
      }, entity.name, make("small", {}, note));
    }));
    if (wanted && !found.length) matches.append(make("li", { className: "none" }, "Nothing has this name or code."));
    open(wanted !== "");
    mark(found.length ? 0 : -1);
  }

  function open(state) {
    matches.hidden = !state;
    query.ariaExpanded = String(state);
  }

  function mark(place) {
    const options = [...matches.querySelectorAll("[role=option]")];
    options.forEach((option, at) => { option.ariaSelected = String(at === place); });
    if (place < 0) {
      query.removeAttribute("aria-activedescendant");
    } else {
      query.setAttribute("aria-activedescendant", `match-${place}`);
      options[place].scrollIntoView({ block: "nearest" });
    }
  }

  function choose(id) {
    query.value = nameOf(id);
    open(false);
    showEntity(id, true);
  }

  query.addEventListener("input", suggest);
  query.addEventListener("focus", () => query.select());
  query.addEventListener("blur", () => open(false));
  query.addEventListener("keydown", (event) => {
    const options = [...matches.querySelectorAll("[role=option]")];
    const at = options.findIndex((option) => option.ariaSelected === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") open(false);
    if (event.key === "Enter" && !matches.hidden) options[at]?.click();
    if (step && options.length) {
      event.preventDefault();
      open(true);
      mark((at + step + options.length) % options.length);
    }
  });

  // Controls

  function view(name) {
    document.documentElement.dataset.view = name;
    for (const each of ["graph", "table"]) byId(`show-${each}`).ariaPressed = String(each === name);
  }

  byId("show-graph").addEventListener("click", () => view("graph"));
  byId("show-table").addEventListener("click", () => view("table"));
  for (const name of ["facts", "structure"]) byId(name).addEventListener("change", paint);
  for (const box of document.querySelectorAll(".kind")) box.addEventListener("change", paint);
  byId("zoom-in").addEventListener("click", () => zoom(1.4));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
  byId("fit").addEventListener("click", () => { clear(); fit(); });
  dark.addEventListener("change", paint);
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) showEntity(node, false);
    else if (edge !== undefined) showStatement(edge, false);
    else clear();
  });
  for (const item of ["Node", "Edge"]) {
    network.on(`hover${item}`, () => { byId("network").style.cursor = "pointer"; });
    network.on(`blur${item}`, () => { byId("network").style.cursor = ""; });
  }

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
    for (const id of moved) Object.assign(placeOf.get(id), network.getPosition(id));
    if (moved.length) paint();
  });

  about();
  fit();
  window.nhskg = { nodes: nodeList.length, edges: edgeList.length, network, showEntity, showStatement };
})();
