/* A claim as one cites it. */
import { dateOf, graph } from "./graph.js";

/** Gives what a citation says of a claim: `words` are those of graph.js. */
function parts(claim, words) {
  const at = graph.claims.document[claim];
  const { title, source, date, guessed, url, id } = graph.documents;
  return {
    id: words.claims.id[claim], quote: words.sentences[words.claims.sentence[claim]].replace(/\s+/g, " "),
    title: title[at] ?? "", source: source[at] ?? "", date: guessed[at] ? "" : date[at] ?? "", day: dateOf(at),
    url: url[at] ?? "", document: id[at] ?? "", start: words.claims.start[claim],
  };
}

export function plainCitation(claim, words) {
  const { quote, title, source, day, url, start } = parts(claim, words);
  const publication = [title, source, day].filter(Boolean).join(", ");
  return `“${quote}” ${publication}, from character ${start}.${url ? ` ${url}` : ""}`;
}

export function bibtex(claim, words) {
  const { id, quote, title, source, date, day, url, document, start } = parts(claim, words);
  const when = day && !date ? `, ${day}` : "";
  const safe = (text) => text.replace(/\\/g, "\\textbackslash ").replace(/[&%$#_{}]/g, "\\$&").replace(/~/g, "\\~{}");
  const fields = Object.entries({
    title, howpublished: source, date, note: `${document}${when}, from character ${start}: “${quote}”`,
  }).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${safe(value)}},\n`);
  return `@misc{nhskg-${id},\n${fields.join("")}${url ? `  url = {${url.replace(/[{}\\]/g, "")}},\n` : ""}}\n`;
}
