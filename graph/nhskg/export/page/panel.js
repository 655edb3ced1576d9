/* The panel: how to read the graph, an entity, or a statement with its evidence. */
import {
  claimsOf, clear, collapse, expand, focusOn, hide, showEntity, showPath, showStatement,
} from "./actions.js";
import { bibtex, plainCitation } from "./citation.js";
import { passing } from "./filters.js";
import { finder } from "./finder.js";
import { dateOf, graph, isRegister, linksOf, nameOf, otherEnd, range, relationOf, statementOf, words } from "./graph.js";
import { kindOf } from "./looks.js";
import { drawn } from "./scenes.js";
import { state } from "./state.js";
import { button, byId, copy, day, make, plural } from "./dom.js";
import { neighbours, shortestPath } from "./walks.js";

const LISTED = 300; // more than this nobody reads in a panel
const panel = byId("panel");
const heading = (text) => make("h2", { tabIndex: -1 }, text);
const p = (...children) => make("p", null, ...children);

const entityLink = (entity) => button(nameOf(entity), () => showEntity(entity), { className: "link" });

function fill(...children) {
  panel.replaceChildren(...children.flat().filter(Boolean));
  panel.scrollTop = 0;
}

function source(claim) {
  const at = graph.claims.document[claim];
  const { title, url, source: publication } = graph.documents;
  const name = title[at] ?? "";
  const link = url[at] ? make("a", { href: url[at], target: "_blank", rel: "noopener noreferrer" }, name) : name;
  const details = [publication[at], dateOf(at)].filter(Boolean).join(", ");
  return p(link, details ? ` (${details})` : "");
}

/** Gives a sentence with the words that a claim is about highlighted. */
function quotation(sentence, marks) {
  const quote = make("blockquote");
  let last = 0;
  for (const [start, end, role] of marks) {
    quote.append(sentence.slice(last, start), make("mark", { className: role, title: role }, sentence.slice(start, end)));
    last = end;
  }
  quote.append(sentence.slice(last));
  return quote;
}

function claimArticle(claim, known) {
  const { claims } = graph;
  const line = graph.lines[claims.line[claim]];
  const speaker = claims.speaker[claim];
  const details = [
    known.claims.amount[claim] && `Amount: ${known.claims.amount[claim]}`,
    known.claims.period[claim] && `When: ${known.claims.period[claim]}`,
    known.claims.former[claim] ? "No longer" : "",
    `Confidence: ${claims.confidence[claim].toFixed(2)}`,
  ].filter(Boolean).join(". ");
  return make("article", null,
    make("span", { className: `status ${line}` }, graph.meanings[claims.line[claim]]),
    quotation(known.sentences[known.claims.sentence[claim]], known.claims.marks[claim]),
    speaker < 0 ? p("In the document’s own words") : p("According to ", entityLink(speaker)),
    source(claim), p(details), known.claims.corrected[claim] ? p(known.claims.corrected[claim]) : null,
    make("p", { className: "actions" },
      button("Copy as citation", () => copy(plainCitation(claim, known))),
      button("Copy as BibTeX", () => copy(bibtex(claim, known)))));
}

function entryArticle(entry, known) {
  return make("article", null, p([known.entries.words[entry], known.entries.note[entry]].filter(Boolean).join("; ")),
    p(`Source: ${known.entries.source[entry]}`));
}

/** Says how firm a statement is and how often it is made, or when it held as the register has it. */
function standing(statement, known) {
  if (isRegister(statement)) {
    const times = range(graph.firstEntry, statement).map((entry) => known.entries.words[entry]).join("; ");
    return `${graph.meanings[graph.register]}, ${times}`;
  }
  const claims = claimsOf(statement);
  const all = graph.statements.claims[statement];
  const number = claims.length < all ? `${claims.length} of ${plural(all, "claim")}` : plural(all, "claim");
  const contrary = claims.filter((claim) => graph.claims.disputed[claim]);
  if (new Set(contrary.map((claim) => graph.claims.line[claim] === graph.negated)).size > 1) {
    return `${graph.meanings[graph.disputed]}, ${number}`;
  }
  const counts = graph.meanings.map((meaning, line) =>
    [meaning, claims.filter((claim) => graph.claims.line[claim] === line).length]).filter(([, count]) => count);
  return counts.length === 1 ? `${counts[0][0]}, ${number}`
    : `${number}: ${counts.map(([meaning, count]) => `${count} ${meaning}`).join(", ")}`;
}

function row(statement, text, known) {
  return button(text, () => showStatement(statement), { className: passing.lines[statement] < 0 ? "row out" : "row" })
    .appendChild(make("small", null, standing(statement, known))).parentElement;
}

function about() {
  fill(
    heading("How to read this graph"),
    p("Each arrow is a statement that one or more documents make. Choose an arrow to read the sentences behind it, " +
      "or a body, person or fund to see all that is said of it."),
    p("A solid dark line is stated as fact in a document’s own words; a grey one is somebody’s word. Dashes are plans " +
      "and conditions, dots allegations, and a crossed line is a denial. Wider lines have more claims."),
    graph.lines.length && graph.statements.entries.some(Boolean)
      ? p("A thin grey line is no claim: it is what the register of NHS bodies says of who is part of whom, who " +
        "followed whom and who held a post. Hollow shapes are in no document.") : null,
    p("The claims were read by a program. Check the sentence before you rely on one."),
    make("h3", { id: "keys-title" }, "Keys"),
    make("dl", { className: "keys", id: "keys" }, ...Object.entries({
      "/": "search", "Arrow keys": "the next entity that way, in the picture", Enter: "read about it",
      "E, C": "draw its neighbours, take them away", H: "hide it", "1, 2, 3": "only what is so many steps away",
      "+ and −, 0": "zoom, show all", "Control Z": "undo", Escape: "choose nothing",
    }).flatMap(([key, meaning]) => [make("dt", null, key), make("dd", null, meaning)])),
  );
}

/** Gives buttons for looking round from an entity. */
function ways(entity) {
  const here = new Set(drawn.entities);
  const hidden = neighbours(entity).filter((other) => !here.has(other)).length;
  const input = make("input", { type: "search", id: "path-to", role: "combobox", autocomplete: "off",
    placeholder: "Name of another entity" });
  for (const [name, value] of Object.entries({ "aria-expanded": "false", "aria-controls": "path-matches",
    "aria-autocomplete": "list" })) input.setAttribute(name, value);
  const list = make("ul", { id: "path-matches", role: "listbox", className: "matches", hidden: true });
  list.setAttribute("aria-label", "Matching entities");
  finder(input, list, (other) => showPath(entity, other));
  return make("div", { className: "ways" },
    make("p", { className: "actions" },
      hidden ? button(`Expand (${hidden})`, () => expand(entity)) : null,
      button("Collapse", () => collapse(entity)), button("Hide", () => hide(entity))),
    make("p", { className: "actions" }, "Only what is ",
      ...[1, 2, 3].map((steps) => button(String(steps), () => focusOn(entity, steps),
        { ariaLabel: `Only what is ${plural(steps, "step")} away`,
          ariaPressed: String(state.focus === graph.entities.id[entity] && state.steps === String(steps)) })), " steps away"),
    make("div", { className: "finder" }, make("label", { htmlFor: "path-to" }, "Path to"), input, list));
}

/** Gives what the register says of a body's life: when it was there, what it followed, what followed it. */
function life(entity, known) {
  const { opened, closed, body } = graph.entities;
  const span = [opened[entity] && `from ${day(opened[entity])}`, closed[entity] && `until ${day(closed[entity])}`]
    .filter(Boolean).join(" ");
  const groups = { "Followed": [], "Followed by": [], "Merged with": [], "Posts": [], "Posts held": [] };
  for (const i of linksOf(entity)) {
    if (!isRegister(i)) continue;
    const outward = graph.statements.subject[i] === entity;
    const name = { succeeds: outward ? "Followed" : "Followed by", "merged with": "Merged with",
      "holds post": outward ? "Posts held" : "Posts" }[relationOf(i)];
    if (!name) continue;
    const when = range(graph.firstEntry, i).map((entry) => known.entries.words[entry]).join("; ");
    groups[name].push(make("li", null, entityLink(otherEnd(i, entity)), ` (${when})`));
  }
  return [
    body[entity] || span ? p([body[entity], span].filter(Boolean).join(", ")) : null,
    ...Object.entries(groups).filter(([, items]) => items.length).flatMap(([name, items]) => {
      const list = make("ul", { className: "life" }, ...items);
      return items.length > 6
        ? [make("details", null, make("summary", null, `${name} (${items.length})`), list)]
        : [make("h3", null, name), list];
    }),
  ];
}

/** Gives the dated claims and changes in order of time. */
function timeline(entity, known) {
  const events = [];
  for (const i of linksOf(entity)) {
    const { subject, object } = graph.statements;
    const text = subject[i] === entity ? `${relationOf(i)} ${nameOf(object[i])}` : `${nameOf(subject[i])} ${relationOf(i)} this`;
    for (const claim of range(graph.firstClaim, i)) {
      if (passing.claims[claim] && graph.claims.date[claim]) {
        const guessed = graph.documents.guessed[graph.claims.document[claim]] ? ", date guessed" : "";
        events.push([graph.claims.date[claim], text, graph.meanings[graph.claims.line[claim]] + guessed, i]);
      }
    }
    for (const entry of range(graph.firstEntry, i)) {
      if (graph.entries.start[entry]) events.push([graph.entries.start[entry], text, "register", i]);
    }
  }
  if (!events.length) return null;
  events.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[3] - b[3]));
  const rest = events.length - LISTED;
  return make("details", null, make("summary", null, `Timeline (${events.length})`),
    make("ol", { className: "timeline" }, ...events.slice(0, LISTED).map(([when, text, meaning, i]) => make("li", null,
      make("time", { dateTime: when }, day(when)), button(text, () => showStatement(i), { className: "link" }),
      make("small", null, ` ${meaning}`)))), rest > 0 ? p(`and ${rest} more: the table has them all.`) : null);
}

/** Gives the statements about an entity, grouped by relation and direction; those that pass the filters first. */
function statementGroups(entity, known) {
  const groups = new Map();
  const { subject, object } = graph.statements;
  for (const i of linksOf(entity)) {
    if (isRegister(i) && relationOf(i) === "holds post") continue;
    const outward = subject[i] === entity;
    const title = outward ? `${relationOf(i)} …` : `… ${relationOf(i)} this`;
    groups.set(title, [...(groups.get(title) ?? []), [i, nameOf(outward ? object[i] : subject[i])]]);
  }
  const said = new Set();
  for (let i = 0; i < subject.length; i += 1) {
    for (let claim = graph.firstClaim[i]; claim < graph.firstClaim[i + 1]; claim += 1) {
      if (graph.claims.speaker[claim] === entity) said.add(i);
    }
  }
  groups.set("According to this source", [...said].map((i) =>
    [i, `${nameOf(subject[i])} → ${relationOf(i)} → ${nameOf(object[i])}`]));
  return [...groups].filter(([, rows]) => rows.length).sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([title, rows]) => {
    const made = (some) => some.map(([i, text]) => row(i, text, known));
    const rest = rows.slice(12);
    return [make("h3", null, `${title} (${rows.length})`), ...made(rows.slice(0, 12)),
      rest.length ? make("details", null, make("summary", null, `${rest.length} more`), ...made(rest.slice(0, LISTED))) : null];
  });
}

function entityPanel(entity, known) {
  const { aliases, ods, registered, mentioned, candidates } = graph.entities;
  const code = ods[entity] ? `, ODS code ${ods[entity]}` : "";
  const register = registered[entity] ? ", in the register of NHS bodies" : "";
  const names = candidates[entity].map((id) => (graph.number.has(id) ? nameOf(graph.number.get(id)) : id));
  fill(heading(nameOf(entity)), make("p", { className: "facts" }, `${kindOf(entity)}${code}${register}`),
    aliases[entity].length ? p(`Also called: ${aliases[entity].join("; ")}`) : null,
    names.length ? p(`Not decided: this may be ${names.join(" or ")}.`) : null,
    mentioned[entity] ? null : p("No document here mentions it; the register brings it."),
    ways(entity), ...life(entity, known), timeline(entity, known), ...statementGroups(entity, known));
}

function statementPanel(statement, known) {
  const { subject, object } = graph.statements;
  const disputed = standing(statement, known).startsWith(graph.meanings[graph.disputed]);
  fill(
    make("h2", { tabIndex: -1, className: "ends" }, entityLink(subject[statement]),
      make("span", { className: "relation" }, `${relationOf(statement)} →`), entityLink(object[statement])),
    make("p", { className: "facts" }, standing(statement, known)),
    disputed ? p("Some say that this is so, and others that it is not: read both.") : null,
    ...claimsOf(statement).map((claim) => claimArticle(claim, known)),
    ...range(graph.firstEntry, statement).map((entry) => entryArticle(entry, known)));
}

/** Tells the way between two entities step by step, with all statements that each step can rest on. */
function pathPanel(known) {
  const [from, to] = state.path.map((id) => graph.number.get(id));
  const way = shortestPath(from, to);
  const { subject, object } = graph.statements;
  const steps = way.slice(1).map((here, at) => [way[at], here]);
  fill(heading("Path"), p(entityLink(from), " to ", entityLink(to)),
    p(way.length ? `A shortest way has ${plural(steps.length, "step")} over the statements that pass the filters.`
      : "No way leads from one to the other over the statements that pass the filters."),
    ...steps.flatMap(([one, other]) => [make("h3", null, `${nameOf(one)} and ${nameOf(other)}`),
      ...[...linksOf(one)].filter((i) => otherEnd(i, one) === other && passing.lines[i] >= 0)
        .map((i) => row(i, `${nameOf(subject[i])} ${relationOf(i)} ${nameOf(object[i])}`, known))]));
}

/** Shows what is chosen, once the words are unpacked.

    After a jump the reader's focus goes there; `chosen` scrolls there where the panel is below the picture; `stay`
    leaves the reader where he reads. */
export async function updatePanel(jump, chosen, stay) {
  const entity = state.entity ? graph.number.get(state.entity) : undefined;
  const statement = state.statement ? statementOf(state.statement) : undefined;
  const key = () => `${state.entity} ${state.statement} ${state.path}`;
  const wanted = key();
  const isPath = state.path.length === 2 && state.path.every((id) => graph.number.has(id));
  const place = panel.scrollTop;
  if (entity === undefined && statement === undefined && !isPath) about();
  else {
    const known = await words();
    if (key() !== wanted) return; // the reader has gone on
    if (statement !== undefined) statementPanel(statement, known);
    else if (entity !== undefined) entityPanel(entity, known);
    else pathPanel(known);
    if (entity !== undefined || statement !== undefined) panel.prepend(button("Close", clear, { className: "close" }));
  }
  if (stay) panel.scrollTop = place;
  const title = panel.querySelector("h2");
  if (jump) title.focus({ preventScroll: true });
  const isAbout = entity === undefined && statement === undefined;
  if (chosen && !isAbout && matchMedia("(max-width: 820px)").matches) title.scrollIntoView({ block: "center" });
}
