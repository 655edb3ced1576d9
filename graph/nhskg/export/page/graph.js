/* The graph in columns, as page_data.py gives it; entities, statements and claims are numbers. */
import { byId, day } from "./dom.js";

export const graph = {};
let unpackedWords;

/** Reads a block of the page: gzip in base64. */
function response(id) {
  const letters = atob(byId(id).textContent);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
}

/** Spells out the date of a document, and says if nobody states it. */
export function dateOf(document) {
  const { date, guessed } = graph.documents;
  return date[document] ? day(date[document]) + (guessed[document] ? " (guessed)" : "") : "";
}

export const unpack = (id) => response(id).text();
export const unpackBytes = (id) => response(id).arrayBuffer();

const starts = (counts) => {
  const first = new Int32Array(counts.length + 1);
  counts.forEach((count, i) => { first[i + 1] = first[i] + count; });
  return first;
};

/** Unpacks all but the words. */
export async function loadGraph() {
  Object.assign(graph, JSON.parse(await unpack("data")));
  const { entities, statements } = graph;
  graph.size = entities.id.length;
  graph.register = graph.lines.indexOf("register");
  graph.disputed = graph.lines.indexOf("disputed");
  graph.negated = graph.lines.indexOf("negated");
  graph.firstClaim = starts(statements.claims);
  graph.firstEntry = starts(statements.entries);
  graph.number = new Map(entities.id.map((id, number) => [id, number]));
  const degree = new Array(graph.size).fill(0);
  const weight = new Int32Array(graph.size);
  statements.subject.forEach((subject, i) => {
    const object = statements.object[i];
    degree[subject] += 1;
    if (object !== subject) degree[object] += 1;
    if (statements.claims[i]) {
      weight[subject] += 1;
      if (object !== subject) weight[object] += 1;
    }
  });
  graph.weight = weight;
  graph.most = weight.reduce((most, each) => Math.max(most, each), 0);
  graph.firstLink = starts(degree);
  graph.links = new Int32Array(graph.firstLink[graph.size]);
  const next = graph.firstLink.slice();
  statements.subject.forEach((subject, i) => {
    const object = statements.object[i];
    graph.links[next[subject]++] = i;
    if (object !== subject) graph.links[next[object]++] = i;
  });
}

/** Gives the words: sentences, amounts, notes. They are unpacked once they are needed. */
export function words() {
  unpackedWords ??= unpack("words").then(JSON.parse);
  return unpackedWords;
}

export const nameOf = (entity) => graph.entities.name[entity];
export const isRegister = (statement) => graph.statements.claims[statement] === 0;
export const linksOf = (entity) => graph.links.subarray(graph.firstLink[entity], graph.firstLink[entity + 1]);
export const relationOf = (statement) => graph.relations[graph.statements.relation[statement]];

/** Gives the other end of a statement. */
export function otherEnd(statement, entity) {
  const { subject, object } = graph.statements;
  return subject[statement] === entity ? object[statement] : subject[statement];
}

/** Gives the numbers of a statement's claims, or of its entries in the register. */
export function range(first, statement) {
  return Array.from({ length: first[statement + 1] - first[statement] }, (_, i) => first[statement] + i);
}

/** Gives a name for a statement that the next build understands too. */
export function statementKey(statement) {
  const { subject, object, relation } = graph.statements;
  return [graph.entities.id[subject[statement]], graph.relations[relation[statement]],
    graph.entities.id[object[statement]], isRegister(statement) ? "register" : "claims"].join("~");
}

export function statementOf(key) {
  const [subject] = key.split("~");
  const from = graph.number.get(subject);
  return from === undefined ? undefined : linksOf(from).find((statement) => statementKey(statement) === key);
}
