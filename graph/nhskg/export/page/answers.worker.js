/* Runs in a worker, after oxigraph's own script: takes the graph, then queries, and gives what they find. */
let store;

self.onmessage = async ({ data: { wasm, turtle, sparql } }) => {
  try {
    if (wasm) {
      await __wbg_init({ module_or_path: wasm });
      store = new Store();
      store.load(turtle, { format: "text/turtle" });
      self.postMessage({ size: store.size });
    } else {
      const answer = store.query(sparql, { results_format: "json" });
      self.postMessage({ answer });
    }
  } catch (error) {
    self.postMessage({ error: String(error.message ?? error) });
  }
};
