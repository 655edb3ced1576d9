/* Finding an entity by name, other name, initials or ODS code, also with a slip in the spelling. */
import { graph } from "./graph.js";

const MINOR = new Set(["of", "and", "the", "for", "in", "to", "a"]);
const MOST = 8;
let index;

export const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").toLowerCase();
const wordsOf = (text) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** Gives the letters of a word as bits: words that differ in few letters differ in few bits. */
function letters(word) {
  let bits = 0;
  for (let i = 0; i < word.length; i += 1) bits |= 1 << (word.charCodeAt(i) % 31);
  return bits;
}

function bitsSet(bits) {
  let count = 0;
  for (let rest = bits; rest; rest &= rest - 1) count += 1;
  return count;
}

/** Prepares the names of all entities; `words` has each word with its letters and the names that it is in. */
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
        if (!words.has(word)) words.set(word, { word, bits: letters(word), isCode: /\d/.test(word), places: [] });
        words.get(word).places.push(names.length);
      }
      names.push({ entity, text, shown });
    }
  }
  return { names, words: [...words.values()] };
}

/** Ranks a name for a query: the same, its start, the start of a word, elsewhere; -1 for no match. */
function rank(text, wanted) {
  const at = text.indexOf(wanted);
  if (at < 0) return -1;
  if (at === 0) return text.length === wanted.length ? 0 : 1;
  return text.includes(` ${wanted}`) ? 2 : 3;
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
    // A code or a number is right or wrong; of a word, one letter in four may be.
    const most = /\d/.test(word) ? 0 : Math.min(2, Math.floor(word.length / 4));
    const bits = letters(word);
    const here = new Set();
    for (const other of index.words) {
      const near = other.word.startsWith(word) || (most > 0 && !other.isCode &&
        bitsSet(bits & ~other.bits) <= most && (isNear(word, other.word, most) ||
          (other.word.length > word.length && isNear(word, other.word.slice(0, word.length), 1))));
      if (near) for (const place of other.places) if (!common || common.has(place)) here.add(place);
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
