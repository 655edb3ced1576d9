/* Which claims and which lines of the register pass the filters, and how many would if one filter were lifted. */
import { graph, isRegister } from "./graph.js";
import { claimsFiltered, state } from "./state.js";

const [KIND, LINE, RELATION, SPEAKER, DOCUMENT, CONFIDENCE, DATE, ASOF] = [1, 2, 4, 8, 16, 32, 64, 128];

/** What passes: for each statement its line (-1 if none passes) and number of claims, for each claim 1 or 0. */
export const passing = {};

/** The start of the period that a date as precise as known may mean; its end is that followed by "~". */
const holds = (start, end, date) => (!start || start <= date) && (!end || `${end}~` >= date);

/** Whether a body existed on the day for which the structure is shown. */
export function existed(entity) {
  return !state.asof || holds(graph.entities.opened[entity], graph.entities.closed[entity], state.asof);
}

export function applyFilters() {
  const { entities, statements, claims, entries } = graph;
  const total = statements.subject.length;
  const speaker = state.speaker === "-" ? -1 : graph.number.get(state.speaker);
  const documentNumber = graph.documents.id.indexOf(state.document);
  const least = Number(state.confidence);
  const kindOff = graph.kinds.map((kind) => state.kinds.includes(kind));
  const lineOff = graph.lines.map((line) => state.lines.includes(line));
  const relationOff = graph.relations.map((relation) => state.relations.includes(relation));
  const to = state.to && `${state.to}~`;
  const lines = new Int8Array(total).fill(-1);
  const counts = new Int32Array(total);
  const passes = new Uint8Array(claims.line.length);
  const count = {
    kinds: new Int32Array(graph.kinds.length), lines: new Int32Array(graph.lines.length),
    relations: new Int32Array(graph.relations.length), speakers: new Map(), documents: new Map(), months: new Map(),
    claims: 0, statements: 0,
  };
  const kindSeen = new Uint8Array(graph.size);
  const linked = new Uint8Array(graph.size);
  const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
  const seen = (i) => {
    for (const end of [statements.subject[i], statements.object[i]]) {
      if (!kindSeen[end]) { kindSeen[end] = 1; count.kinds[entities.kind[end]] += 1; }
    }
  };

  for (let i = 0; i < total; i += 1) {
    const ends = kindOff[entities.kind[statements.subject[i]]] || kindOff[entities.kind[statements.object[i]]];
    const common = (ends ? KIND : 0) | (relationOff[statements.relation[i]] ? RELATION : 0);
    let affirmed = false;
    let denied = false;
    for (let c = graph.firstClaim[i]; c < graph.firstClaim[i + 1]; c += 1) {
      const date = claims.date[c];
      const fails = common | (lineOff[claims.line[c]] ? LINE : 0) |
        (state.speaker && claims.speaker[c] !== speaker ? SPEAKER : 0) |
        (state.document && claims.document[c] !== documentNumber ? DOCUMENT : 0) |
        (claims.confidence[c] < least ? CONFIDENCE : 0) |
        ((state.from && date < state.from) || (to && (!date || date > to)) ? DATE : 0);
      if (!(fails & ~LINE)) count.lines[claims.line[c]] += 1;
      if (!(fails & ~RELATION)) count.relations[statements.relation[i]] += 1;
      if (!(fails & ~SPEAKER)) add(count.speakers, claims.speaker[c]);
      if (!(fails & ~DOCUMENT)) add(count.documents, claims.document[c]);
      if (!(fails & ~DATE) && date) add(count.months, date.slice(0, 7));
      if (!(fails & ~KIND)) seen(i);
      if (!fails) {
        passes[c] = 1;
        counts[i] += 1;
        count.claims += 1;
        if (claims.disputed[c] && claims.line[c] === graph.negated) denied = true;
        else if (claims.disputed[c]) affirmed = true;
        if (lines[i] < 0 || claims.line[c] < lines[i]) lines[i] = claims.line[c];
      }
    }
    if (affirmed && denied) lines[i] = graph.disputed;
    if (counts[i]) {
      count.statements += 1;
      linked[statements.subject[i]] = linked[statements.object[i]] = 1;
    }
  }
  const narrowed = claimsFiltered();
  for (let i = 0; i < total; i += 1) {
    if (!isRegister(i)) continue;
    const [subject, object] = [statements.subject[i], statements.object[i]];
    let held = !state.asof;
    for (let e = graph.firstEntry[i]; e < graph.firstEntry[i + 1] && !held; e += 1) {
      const event = ["succeeds", "merged with"].includes(graph.relations[statements.relation[i]]);
      held = holds(entries.start[e], event ? "" : entries.end[e], state.asof);
    }
    const fails = (kindOff[entities.kind[subject]] || kindOff[entities.kind[object]] ? KIND : 0) |
      (relationOff[statements.relation[i]] ? RELATION : 0) | (lineOff[graph.register] ? LINE : 0) |
      (held && existed(subject) && existed(object) ? 0 : ASOF) |
      (narrowed && !(linked[subject] && linked[object]) ? DOCUMENT : 0);
    if (!(fails & ~LINE)) count.lines[graph.register] += 1;
    if (!(fails & ~RELATION)) count.relations[statements.relation[i]] += 1;
    if (!(fails & ~KIND)) seen(i);
    if (!fails) lines[i] = graph.register;
  }
  Object.assign(passing, { lines, counts, claims: passes, count });
}
