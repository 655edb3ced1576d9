/* Finding an entity by name, other name, initials or ODS code, also with a slip in the spelling. */
import { graph } from "./graph.js";

const MINOR = new Set(["of", "and", "the", "for", "in", "to", "a"]);
const MOST = 8;
let index;

export const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").toLowerCase();
const wordsOf = (text) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** Prepares the names of all entities; `words` leads from each word to the names it is in. */
function prepare() {
  const names = [];
  const words = new Map();
  const { name, aliases, ods } = graph.entities;
  for (let entity = 0; entity < graph.size; entity += 1) {
    const initials = wordsOf(plain(name[entity])).filter((word) => !MINOR.has(word)).map((word) => word[0]).join("");
    const all = [name[entity], ...aliases[entity], ods[entity], initials.length > 2 ? initials : ""];
    for (const shown of all) {
      if (!shown) continue;
      const text = plain(shown);
      for (const word of wordsOf(text)) {
        if (!words.has(word)) words.set(word, []);
        words.get(word).push(names.length);
      }
      names.push({ entity, text, shown });
    }
  }
  return { names, words };
}

/** Ranks a name for a query: the same, its start, the start of a word, elsewhere; -1 for no match. */
function rank(text, wanted) {
  if (text === wanted) return 0;
  if (text.startsWith(wanted)) return 1;
  if (text.includes(` ${wanted}`)) return 2;
  return text.includes(wanted) ? 3 : -1;
}

/** Says whether two words differ by no more than so many letters put in, left out, changed or swapped. */
function isNear(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return false;
  let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return false;
    [before, row] = [row, next];
  }
  return row[b.length] <= most;
}

/** Gives the names that have each word of the query, or one spelt much like it. */
function spelt(wanted) {
  let common;
  for (const word of wordsOf(wanted)) {
    const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    const here = new Set();
    for (const [other, places] of index.words) {
      const near = other.startsWith(word) || (most > 0 && (isNear(word, other, most) ||
        (other.length > word.length && isNear(word, other.slice(0, word.length), 1))));
      if (near) for (const place of places) if (!common || common.has(place)) here.add(place);
    }
    common = here;
  }
  return common ?? new Set();
}

/** Gives the best matches for what was typed: entity, and the name that matches. */
export function search(typed) {
  index ??= prepare();
  const wanted = plain(typed.trim());
  if (!wanted) return [];
  const best = new Map();
  const offer = (place, score) => {
    const { entity } = index.names[place];
    if (score < (best.get(entity)?.score ?? Infinity)) best.set(entity, { entity, score, shown: index.names[place].shown });
  };
  index.names.forEach(({ text }, place) => {
    const score = rank(text, wanted);
    if (score >= 0) offer(place, score);
  });
  if (best.size < MOST) for (const place of spelt(wanted)) offer(place, 4);
  return [...best.values()].sort((a, b) => a.score - b.score || graph.weight[b.entity] - graph.weight[a.entity] ||
    a.entity - b.entity).slice(0, MOST);
}
