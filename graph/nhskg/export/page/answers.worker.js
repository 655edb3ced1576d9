/* Runs in a worker, after oxigraph's own script: takes the graph, then queries, and gives what they find. */
let store;

/** Gives triples, as CONSTRUCT and DESCRIBE make them, in the form of rows. */
function asRows(triples) {
  const type = { NamedNode: "uri", Literal: "literal", BlankNode: "bnode" };
  const term = ({ termType, value }) => ({ type: type[termType], value });
  const bindings = triples.map(({ subject, predicate, object }) =>
    ({ subject: term(subject), predicate: term(predicate), object: term(object) }));
  return JSON.stringify({ head: { vars: ["subject", "predicate", "object"] }, results: { bindings } });
}

self.onmessage = async ({ data: { wasm, turtle, sparql } }) => {
  try {
    if (wasm) {
      await __wbg_init({ module_or_path: wasm });
      store = new Store();
      store.load(turtle, { format: "text/turtle" });
      self.postMessage({ size: store.size });
    } else {
      const answer = store.query(sparql, { results_format: "json" });
      self.postMessage({ answer: answer.startsWith('{"head"') ? answer : asRows(store.query(sparql)) });
    }
  } catch (error) {
    self.postMessage({ error: String(error.message ?? error) });
  }
};
