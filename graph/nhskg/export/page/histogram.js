/* How many claims each month has, and a slider for the first and one for the last month. */
import { passing } from "./filters.js";
import { graph } from "./graph.js";
import { state } from "./state.js";
import { byId, day, plural } from "./dom.js";

let months = [];

function allMonths() {
  const seen = graph.claims.date.filter(Boolean).map((date) => date.slice(0, 7)).sort();
  if (!seen.length) return [];
  const found = [];
  let [year, month] = seen[0].split("-").map(Number);
  for (let at = seen[0]; at <= seen[seen.length - 1];) {
    found.push(at);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
    at = `${year}-${String(month).padStart(2, "0")}`;
  }
  return found;
}

/** Fills the sliders; `narrow` filters. */
export function startHistogram(narrow) {
  months = allMonths();
  byId("dates").hidden = months.length < 2;
  for (const [name, start] of [["from", 0], ["to", months.length - 1]]) {
    const slider = byId(`date-${name}`);
    Object.assign(slider, { min: 0, max: Math.max(0, months.length - 1), value: start });
    slider.addEventListener("change", () => {
      const [from, to] = [byId("date-from"), byId("date-to")].map((each) => Number(each.value)).sort((a, b) => a - b);
      narrow({ from: from === 0 ? "" : months[from], to: to === months.length - 1 ? "" : months[to] });
    });
  }
}

export function updateHistogram() {
  if (months.length < 2) return;
  const counts = passing.count.months;
  const most = Math.max(1, ...counts.values());
  const from = state.from || months[0];
  const to = state.to || months[months.length - 1];
  const bars = months.map((month, i) => {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const height = (counts.get(month) ?? 0) / most * 38;
    for (const [name, value] of Object.entries({ x: i / months.length * 200, y: 40 - height, height,
      width: Math.max(0.5, 200 / months.length - 0.5) })) bar.setAttribute(name, value);
    bar.classList.toggle("out", month < from || month > to);
    return bar;
  });
  byId("histogram").replaceChildren(...bars);
  const [low, high] = [months.findIndex((month) => month >= from), months.findLastIndex((month) => month <= to)];
  byId("date-from").value = low;
  byId("date-to").value = high;
  byId("date-from").setAttribute("aria-valuetext", day(months[low] ?? from));
  byId("date-to").setAttribute("aria-valuetext", day(months[high] ?? to));
  const total = [...counts].filter(([month]) => month >= from && month <= to).reduce((sum, [, n]) => sum + n, 0);
  byId("date-words").textContent = `${day(from)} to ${day(to)}: ${plural(total, "claim")}`;
}
