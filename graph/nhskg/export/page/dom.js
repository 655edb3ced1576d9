/* Elements, texts and files. Texts that come from documents become text nodes and nothing else. */

export const byId = (id) => document.getElementById(id);

/** Makes an element; children are elements, or strings that become text. */
export function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const button = (text, onclick, properties) => make("button", { type: "button", onclick, ...properties }, text);

export const plural = (number, noun, several = `${noun}s`) =>
  `${number.toLocaleString("en-GB")} ${number === 1 ? noun : several}`;

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** Spells out an ISO date, as precise as it is. */
export function day(iso) {
  const [year, month, date] = iso.split("-");
  return [date && Number(date), month && MONTHS[month - 1], year].filter(Boolean).join(" ");
}

let fading = 0;

/** Says what has been done, for some seconds, also to those who do not see the picture. */
export function announce(text) {
  byId("announcement").textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => byId("announcement").replaceChildren(), 6000);
}

/** Lets the reader keep a file. */
export function save(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages that are opened from a disk may not be allowed to use the clipboard in this way.
    const box = make("textarea", { value: text, className: "unseen" });
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  announce(`Copied: ${text}`);
}
