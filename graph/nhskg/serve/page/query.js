// The query page: an editor (YASQE), the questions that are kept, and the answer as a table.
// What the graph says is text from documents, so it is only ever set as textContent.
"use strict";

const found = (id) => document.getElementById(id);
const LIMIT = 1000; // rows drawn

let prefixes = {};

// The other completers would ask other sites. (Given with the settings below, the list would be merged with the default.)
Yasqe.defaults.autocompleters = ["variables"];
Yasqe.defaults.createShareableLink = undefined;
const editor = new Yasqe(found("editor"), {
  persistenceId: null, // nothing is kept in the browser
  showQueryButton: false,
  resizeable: true,
  value: "",
  extraKeys: { "Ctrl-Enter": () => ask(), "Cmd-Enter": () => ask() },
});

function shorten(iri) {
  for (const [prefix, base] of Object.entries(prefixes)) {
    if (iri.startsWith(base)) return `${prefix}:${iri.slice(base.length)}`;
  }
  return iri;
}

// The query with the prefixes that it uses, so that it can be taken to any other tool.
function complete(sparql) {
  const used = Object.entries(prefixes).filter(([prefix]) => sparql.includes(`${prefix}:`));
  return [...used.map(([prefix, base]) => `PREFIX ${prefix}: <${base}>`), sparql].join("\n");
}

function cell(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function draw(names, rows) {
  const table = found("answer");
  table.replaceChildren();
  const head = table.createTHead().insertRow();
  names.forEach((name) => head.append(cell("th", name)));
  const body = table.createTBody();
  rows.slice(0, LIMIT).forEach((row) => {
    const line = body.insertRow();
    row.forEach((text) => line.append(cell("td", text)));
  });
  const more = rows.length > LIMIT ? `, the first ${LIMIT} shown` : "";
  found("status").textContent = `${rows.length} row${rows.length === 1 ? "" : "s"}${more}`;
}

function show(content) {
  if ("boolean" in content) {
    draw(["answer"], [[content.boolean ? "yes" : "no"]]);
    return;
  }
  const names = content.head.vars;
  const text = (term) => (!term ? "" : term.type === "uri" ? shorten(term.value) : term.value);
  draw(names, content.results.bindings.map((row) => names.map((name) => text(row[name]))));
}

async function ask() {
  const query = editor.getValue();
  found("error").hidden = true;
  found("answer").replaceChildren();
  found("status").textContent = "asking …";
  found("csv").hidden = true;
  try {
    const answer = await fetch("sparql", {
      method: "POST",
      headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.5" },
      body: query,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    if (answer.headers.get("content-type").startsWith("text/turtle")) draw(["Turtle"], text.split("\n").map((line) => [line]));
    else show(JSON.parse(text));
    const link = found("csv");
    link.href = URL.createObjectURL(new Blob([asCsv()], { type: "text/csv" }));
    link.download = "answer.csv";
    link.hidden = false;
  } catch (error) {
    found("status").textContent = "";
    found("error").textContent = error.message;
    found("error").hidden = false;
  }
}

function asCsv() {
  const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [...found("answer").rows].map((row) => [...row.cells].map((c) => quoted(c.textContent)).join(",")).join("\r\n");
}

found("ask").addEventListener("click", ask);
found("questions").addEventListener("change", (event) => {
  const chosen = questions.find((question) => question.name === event.target.value);
  if (!chosen) return;
  found("comment").textContent = chosen.comment;
  editor.setValue(complete(chosen.sparql));
});

let questions = [];
fetch("about.json").then((answer) => answer.json()).then((about) => {
  prefixes = about.prefixes;
  editor.setValue(complete("SELECT ?who ?whom WHERE {\n  ?who nhs:criticised ?whom\n}\nLIMIT 25"));
  questions = about.questions;
  questions.forEach((question) => {
    const option = cell("option", question.title);
    option.value = question.name;
    found("questions").append(option);
  });
  document.body.dataset.ready = "yes";
});
