/* A claim as one cites it. */
import { day } from "./dom.js";
import { graph } from "./graph.js";

/** Gives what a citation says of a claim: `words` are those of graph.js. */
function parts(claim, words) {
  const at = graph.claims.document[claim];
  const { title, source, date, url, id } = graph.documents;
  return {
    id: words.claims.id[claim], quote: words.sentences[words.claims.sentence[claim]].replace(/\s+/g, " "),
    title: title[at] ?? "", source: source[at] ?? "", date: date[at] ?? "", url: url[at] ?? "", document: id[at] ?? "",
    start: words.claims.start[claim],
  };
}

export function plainCitation(claim, words) {
  const { quote, title, source, date, url, start } = parts(claim, words);
  const publication = [title, source, date && day(date)].filter(Boolean).join(", ");
  return `“${quote}” ${publication}, from character ${start}.${url ? ` ${url}` : ""}`;
}

export function bibtex(claim, words) {
  const { id, quote, title, source, date, url, document, start } = parts(claim, words);
  const safe = (text) => text.replace(/\\/g, "\\textbackslash ").replace(/[&%$#_{}]/g, "\\$&").replace(/~/g, "\\~{}");
  const fields = Object.entries({
    title, howpublished: source, date, note: `${document}, from character ${start}: “${quote}”`,
  }).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${safe(value)}},\n`);
  return `@misc{nhskg-${id},\n${fields.join("")}${url ? `  url = {${url.replace(/[{}\\]/g, "")}},\n` : ""}}\n`;
}
