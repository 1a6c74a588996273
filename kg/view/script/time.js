/* ---- time: a histogram of claims with two ends, and those without a date beside it ---- */

const DAY_LONG = 864e5;
const MOST_BARS = 64;
const LOWEST = 7; // of a hundred: a single claim is to be seen
const UNITS = ["day", "week", "month", "quarter", "year"];

const iso = (date) => date.toISOString().slice(0, 10);
const utc = (day) => new Date(`${day}T00:00:00Z`);

/* The first day of the day, week, month, quarter or year that a day is in. */
function firstDay(day, unit) {
  const date = utc(day);
  if (unit === "week") date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  if (unit === "quarter") date.setUTCMonth(date.getUTCMonth() - (date.getUTCMonth() % 3), 1);
  if (unit === "month") date.setUTCDate(1);
  if (unit === "year") date.setUTCMonth(0, 1);
  return iso(date);
}

function nextDay(first, unit) {
  const date = utc(first);
  if (unit === "day" || unit === "week") date.setUTCDate(date.getUTCDate() + (unit === "day" ? 1 : 7));
  else date.setUTCMonth(date.getUTCMonth() + { month: 1, quarter: 3, year: 12 }[unit]);
  return iso(date);
}

/* Cut the time of some dates into bars, as fine as the room allows. */
function barsOf(dates, most) {
  if (!dates.length) return { unit: "day", bars: [] };
  const [first, last] = [dates.reduce((a, b) => (a < b ? a : b)), dates.reduce((a, b) => (a > b ? a : b))];
  const days = (utc(last) - utc(first)) / DAY_LONG + 1;
  const unit = UNITS[[1, 7, 30.4, 91.3, 0].findIndex((long) => days / long <= most)] || "year";
  const bars = [];
  for (let start = firstDay(first, unit); start <= last; start = nextDay(start, unit)) bars.push({ start, end: iso(new Date(utc(nextDay(start, unit)) - DAY_LONG)) });
  return { unit, bars };
}

const dateOf = (claim) => ARTICLES[claim.article].date;
const barAt = (bars, day) => bars.findIndex(({ end }) => end >= day);

/* All claims, those that pass the other filters apart, bar by bar */
function histogram(claims, most = MOST_BARS) {
  const { unit, bars } = barsOf(claims.map(dateOf).filter(Boolean), most);
  const passing = { ...asked(), since: "", until: "", undated: true };
  const [all, kept] = [bars.map(() => 0), bars.map(() => 0)];
  let [undated, keptUndated] = [0, 0];
  for (const claim of claims) {
    const [place, passes] = [dateOf(claim) ? barAt(bars, dateOf(claim)) : -1, claimPasses(claim, passing)];
    if (place < 0) { undated += 1; keptUndated += passes; } else { all[place] += 1; kept[place] += passes; }
  }
  return { unit, bars, all, kept, undated, keptUndated };
}

function dayName(day, unit) {
  const parts = { day: { day: "numeric", month: "short" }, week: { day: "numeric", month: "short" }, month: { month: "short" }, quarter: { month: "short" }, year: {} }[unit];
  return new Intl.DateTimeFormat(state.lang === "en" ? "en-GB" : state.lang, { ...parts, year: "numeric", timeZone: "UTC" }).format(utc(day));
}

function spanName({ since, until, undated }) {
  const said = words();
  const { unit } = timeline;
  const span = since && until ? fill(said.span, { first: dayName(since, unit), last: dayName(until, unit) })
    : since ? fill(said.from, { first: dayName(since, unit) }) : until ? fill(said.until, { last: dayName(until, unit) }) : "";
  return [span, undated ? "" : said.without_undated].filter(Boolean).join(", ");
}

let timeline = { unit: "month", bars: [] };

const shownClaims = (scene) => once(scene.edges.flatMap((edge) => view.claims[edge.id])).filter((claim) => claimPasses(claim, scene.ask));
const ends = () => [
  state.since ? Math.max(barAt(timeline.bars, state.since), 0) : 0,
  state.until ? (barAt(timeline.bars, state.until) + timeline.bars.length) % timeline.bars.length : timeline.bars.length - 1];

function bars(one) {
  const most = Math.max(...one.all, 1);
  const [from, to] = ends();
  const gap = 0.08 * Math.min(1, one.bars.length / 16); // narrow, also between few
  const bar = (count, place, kind) => count ? make("svg:rect", { class: kind, x: place + gap, width: 1 - 2 * gap,
    y: 100 - Math.max(LOWEST, (count / most) * 100), height: Math.max(LOWEST, (count / most) * 100) }) : null;
  return make("svg:svg", { viewBox: `0 0 ${one.bars.length} 100`, preserveAspectRatio: "none", "aria-hidden": "true" },
    one.all.map((count, place) => bar(count, place, "all")), one.kept.map((count, place) => bar(count, place, place >= from && place <= to ? "kept" : "out")));
}

/* One of the two ends; the left one stands where its bar begins, the right one where its bar ends. */
function slider(which) {
  return make("input", {
    type: "range", id: which, min: 0, max: timeline.bars.length, value: 0, "aria-label": words()[`slide_${which}`],
    oninput: ({ target }) => slide(which, Number(target.value)), onchange: () => remember(),
  });
}

function slide(which, place) {
  const { bars: all } = timeline;
  const [from, to] = ends();
  if (which === "since") { const low = Math.min(place, to); state.since = low ? all[low].start : ""; }
  else { const high = Math.max(place - 1, from); state.until = high < all.length - 1 ? all[high].end : ""; }
  refresh(false);
}

/* Make the strip below the network; what moves in it is brought up to date by showTime. */
function makeTime() {
  timeline = histogram(view.everyClaim);
  const { undated } = timeline;
  at("time").hidden = timeline.bars.length < 2 && !undated;
  at("time").setAttribute("aria-label", words().time);
  at("time").replaceChildren(
    undated ? make("label", { class: "undated" }, make("span", { class: "column" }), make("span", { class: "name" },
      make("input", { type: "checkbox", name: "undated", checked: state.undated, onchange: ({ target }) => { state.undated = target.checked; refresh(); } }),
      fill(words().undated, { n: number(undated) }))) : "",
    timeline.bars.length > 1 ? make("div", { class: "ages" },
      make("div", { class: "bars" }), make("div", { class: "sliders" }, slider("since"), slider("until")),
      make("p", { class: "span", "aria-live": "off" })) : "");
}

function showTime(scene) {
  const now = histogram(view.everyClaim);
  Object.assign(timeline, now);
  const column = at("time").querySelector(".column");
  if (column) column.replaceChildren(make("svg:svg", { viewBox: "0 0 1 100", preserveAspectRatio: "none", "aria-hidden": "true" },
    make("svg:rect", { class: "all", x: 0.1, width: 0.8, y: 100 - height(now.undated, now), height: height(now.undated, now) }),
    make("svg:rect", { class: state.undated ? "kept" : "out", x: 0.1, width: 0.8, y: 100 - height(now.keptUndated, now), height: height(now.keptUndated, now) })));
  const ages = at("time").querySelector(".ages");
  if (!ages) return;
  ages.querySelector(".bars").replaceChildren(bars(now));
  const [from, to] = ends();
  const [first, last] = [dayName(now.bars[from].start, now.unit), dayName(now.unit === "day" ? now.bars[to].start : now.bars[to].end, now.unit)];
  for (const [id, place, text] of [["since", from, first], ["until", to + 1, last]]) { at(id).value = place; at(id).setAttribute("aria-valuetext", text); }
  const count = fill(words().claims_shown, { shown: number(shownClaims(scene).length), all: number(view.everyClaim.length) });
  ages.querySelector(".span").replaceChildren(make("span", {}, first), make("b", {}, count), make("span", {}, last));
}

const height = (count, one) => (count ? Math.max(LOWEST, Math.min(100, (count / Math.max(...one.all, 1)) * 100)) : 0);
