/* ---- what the reader asks for; the address after its # keeps it, so that a view can be sent ---- */

const VIEWS = ["graph", "table", "compare"];
const TOGGLED = ["quad", "family", "status"];
const CHOICES = ["outlet", "tongue", "speaker"];
const DAY = /^\d{4}-\d\d-\d\d$/;

const state = fresh();

function fresh() {
  return {
    lang: DATA.lang, theme: "", view: "graph", rolled: Boolean(DATA.roll_up), names: null, // null: where there is room
    off: { quad: new Set(["structure"]), family: new Set(), status: new Set() },
    outlet: "", tongue: "", speaker: "", min: 1, since: "", until: "", undated: true,
    ego: null, // { node, hops }
    whole: false, // draw what is beyond the weightiest names too
    chosen: null, // { node }, { edge } (a statement) or { line } (all of a family between two)
    by: "time", left: "", right: "", // what is compared
    sort: { key: "subject", down: false },
  };
}

const edgeKey = (edge) => [view.slugs[edge.from], edge.relation, view.slugs[edge.to]].join(" ");
const lineKey = (line) => [view.slugs[line.from], line.family, view.slugs[line.to]].join(" ");

/* The state as the part of an address after #; what is as usual is left out. */
function address() {
  const usual = fresh();
  const said = new URLSearchParams();
  const put = (key, value, other) => value !== other && said.append(key, value);
  for (const key of ["lang", "theme", "view", "rolled", "names", ...CHOICES, "min", "since", "until", "undated", "whole", "by", "left", "right"]) put(key, state[key], usual[key]);
  for (const kind of TOGGLED) {
    for (const name of state.off[kind]) if (!usual.off[kind].has(name)) said.append("hide", `${kind}:${name}`);
    for (const name of usual.off[kind]) if (!state.off[kind].has(name)) said.append("show", `${kind}:${name}`);
  }
  if (state.ego) said.append("around", `${state.ego.hops} ${view.slugs[state.ego.node]}`);
  const { node, edge, line } = state.chosen || {};
  if (node !== undefined) said.append("node", view.slugs[node]);
  if (edge !== undefined) said.append("edge", edgeKey(view.edges[edge]));
  if (line !== undefined) said.append("line", lineKey(view.lines[line]));
  return said.toString();
}

/* Take the state from an address; what it says that is none of this page's is passed over. */
function recall(hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const given = fresh();
  const take = (key, valid) => { if (said.has(key) && valid(said.get(key))) given[key] = said.get(key); };
  const flag = (key) => { if (["true", "false"].includes(said.get(key))) given[key] = said.get(key) === "true"; };
  take("lang", (lang) => Object.hasOwn(DATA.words, lang));
  take("theme", (name) => ["light", "dark"].includes(name));
  take("view", (name) => VIEWS.includes(name));
  take("by", (by) => ["time", "outlet"].includes(by));
  for (const key of ["since", "until"]) take(key, (day) => DAY.test(day));
  for (const key of [...CHOICES, "left", "right"]) take(key, () => true);
  for (const key of ["rolled", "names", "undated", "whole"]) flag(key);
  if (/^[1-9]\d{0,3}$/.test(said.get("min") || "")) given.min = Number(said.get("min"));
  toggle(said, given.off);
  given.rolled = given.rolled && Boolean(ROLLED);
  view = given.rolled ? ROLLED : PLAIN;
  Object.assign(state, given, { ego: egoIn(said), chosen: chosenIn(said), sort: state.sort });
}

function toggle(said, off) {
  for (const [key, method] of [["hide", "add"], ["show", "delete"]]) {
    for (const pair of said.getAll(key)) {
      const [kind, name] = [pair.slice(0, pair.indexOf(":")), pair.slice(pair.indexOf(":") + 1)];
      if (TOGGLED.includes(kind) && TERMS.order[kind].includes(name)) off[kind][method](name);
    }
  }
}

function egoIn(said) {
  const [, hops, slug] = /^([12]) (.*)$/s.exec(said.get("around") || "") || [];
  return view.bySlug.has(slug) ? { node: view.bySlug.get(slug), hops: Number(hops) } : null;
}

function chosenIn(said) {
  if (view.bySlug.has(said.get("node"))) return { node: view.bySlug.get(said.get("node")) };
  const edge = said.has("edge") ? view.edges.find((one) => edgeKey(one) === said.get("edge")) : null;
  if (edge) return { edge: edge.id };
  const line = said.has("line") ? view.lines.find((one) => lineKey(one) === said.get("line")) : null;
  return line ? { line: line.id } : null;
}

/* Write the state into the address: as a new step back, or in place of the last. */
function remember(step = true) {
  const hash = address();
  if (hash === location.hash.slice(1)) return;
  try {
    history[step ? "pushState" : "replaceState"](null, "", hash ? `#${hash}` : location.href.split("#")[0]);
  } catch { /* in a frame without an address of its own there is none to keep it in */ }
}
