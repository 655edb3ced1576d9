/* Questions in SPARQL. oxigraph answers them in a worker, so that a long one does not hold the page and can be stopped. */
import { showEntity } from "./actions.js";
import { graph, unpack, unpackBytes } from "./graph.js";
import { state } from "./state.js";
import { button, byId, make, plural } from "./dom.js";

const SHOWN = 1000;
let worker;
let loading;
let byName;
let answered;

function say(text) {
  byId("answer-words").textContent = text;
}

/** Sends something to the worker; gives its answer. */
function ask(message, transfer = []) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
    worker.postMessage(message, transfer);
  });
}

async function begin() {
  say("The engine is starting …");
  const url = URL.createObjectURL(new Blob([await unpack("engine")], { type: "text/javascript" }));
  worker = new Worker(url);
  const failed = new Promise((_, reject) => { worker.onerror = (event) => reject(new Error(event.message || "it does not start")); });
  const wasm = await unpackBytes("machine");
  const { size } = await Promise.race([failed, ask({ wasm, turtle: await unpack("turtle") }, [wasm])]);
  URL.revokeObjectURL(url);
  return size;
}

/** Starts the engine, once. */
function engine() {
  loading ??= begin().then((size) => say(`${plural(size, "triple")} can be asked.`));
  return loading;
}

function stop() {
  worker?.terminate();
  loading = undefined;
  say("Stopped.");
  byId("ask").disabled = false;
  byId("ask-stop").disabled = true;
}

/** Gives what a cell shows: an entity as a button that selects it, anything else as text. */
function answerCell(term) {
  if (!term) return make("td", null, "");
  const { id } = graph.prefixes;
  const local = term.type === "uri" && term.value.startsWith(id) ? term.value.slice(id.length) : undefined;
  const entity = local === undefined ? byName.get(term.value) : graph.number.get(local);
  if (entity !== undefined) {
    return make("td", null, button(graph.entities.name[entity], () => showEntity(entity), { className: "link" }));
  }
  const short = Object.entries(graph.prefixes).find(([, base]) => term.type === "uri" && term.value.startsWith(base));
  return make("td", null, short ? `${short[0]}:${term.value.slice(short[1].length)}` : term.value);
}

/** Shows an answer of https://www.w3.org/TR/sparql11-results-json/. */
function show(text) {
  const answer = JSON.parse(text);
  const names = answer.head.vars ?? ["answer"];
  const found = answer.results?.bindings ?? [{ answer: { type: "literal", value: String(answer.boolean) } }];
  byId("answers-head").replaceChildren(make("tr", null, ...names.map((name) => make("th", { scope: "col" }, name.replace(/_/g, " ")))));
  byId("answers").replaceChildren(...found.slice(0, SHOWN).map((row) => make("tr", null, ...names.map((name) => answerCell(row[name])))));
  byId("answers-table").hidden = false;
  say(`${plural(found.length, "row")}${found.length > SHOWN ? `; the first ${SHOWN} are shown` : ""}.`);
}

/** Puts an error of the engine's parser into words and the cursor where it is; its lists of letters help nobody. */
function wrong(message) {
  const typed = byId("sparql");
  if (!/\b(select|ask|construct|describe)\b/i.test(typed.value)) {
    return "a question has SELECT, ASK, CONSTRUCT or DESCRIBE; the graph cannot be changed here.";
  }
  const place = message.match(/error at (\d+):(\d+): (?:expected )?(?:one of )?([\s\S]*)/);
  if (!place) return message;
  const [row, column] = [Number(place[1]) - 1, Number(place[2])]; // the prefixes are the first line
  const before = typed.value.split("\n").slice(0, row - 1).reduce((sum, line) => sum + line.length + 1, 0);
  typed.focus();
  typed.setSelectionRange(before + column - 1, before + column - 1);
  const parts = place[3].split(/, (?![^[]*\])/).filter((part) => !part.includes("["));
  const said = parts.find((part) => / /.test(part)) ?? (parts.length ? `expected ${parts.slice(0, 6).join(" or ")}` : "");
  return `no SPARQL at line ${row}, column ${column}${said && `: ${said}`}`;
}

async function run() {
  byId("ask").disabled = true;
  byId("ask-stop").disabled = false;
  try {
    await engine();
    say("Looking …");
    const known = Object.entries(graph.prefixes).map(([name, base]) => `PREFIX ${name}: <${base}> `).join("");
    const { answer } = await ask({ sparql: `${known}\n${byId("sparql").value}` });
    show(answer);
  } catch (error) {
    byId("answers-table").hidden = true;
    say(`Not answered: ${wrong(error.message)}`);
  }
  byId("ask").disabled = false;
  byId("ask-stop").disabled = true;
}

/** Starts the tab, if the build put the engine into the page. */
export function startQuestions() {
  if (!byId("engine")) return;
  const known = JSON.parse(byId("known").textContent);
  graph.prefixes = known.prefixes;
  byName = new Map(graph.entities.name.map((name, entity) => [name, entity]));
  const choice = byId("question");
  choice.append(...known.questions.map(({ title }, i) => make("option", { value: String(i) }, title)));
  const take = () => { byId("sparql").value = known.questions[Number(choice.value)]?.sparql ?? ""; };
  choice.addEventListener("change", take);
  take();
  byId("ask").addEventListener("click", run);
  byId("ask-stop").addEventListener("click", stop);
}

/** Starts the engine when the tab is first seen. */
export function updateQuestions() {
  if (state.view !== "questions" || !byId("engine") || answered) return;
  answered = true;
  engine().catch((error) => say(`The engine does not run in this browser: ${error.message}`));
}
