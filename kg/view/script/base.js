/* The page's behaviour. Text of strangers is shown through textContent alone; no markup is made of it. */
const DATA = JSON.parse(document.getElementById("data").textContent);
const { terms: TERMS, articles: ARTICLES } = DATA;
const SVG = "http://www.w3.org/2000/svg";

// How sure it is, told by the line alone; the network and its legend draw from this one table.
const LINES = {
  Contested: { width: 5, dashes: [9, 9], twoTone: true, sign: "≠" },
  Corroborated: { width: 6 },
  Reported: { width: 2.6 },
  Alleged: { width: 1 },
  Denied: { width: 2.2, dashes: [10, 7], opacity: 0.45, sign: "✕" },
  Negated: { width: 2.2, dashes: [10, 4, 2, 4], opacity: 0.45, sign: "¬" },
  Prospective: { width: 2.6, dashes: [2, 6] },
};
const NAMED_AT_FIRST = 45; // more lines than that, and their names would hide them
const LONGEST_LABEL = 28;
const LONGEST_NAME = 120; // in the panel and the table; the whole name is its tooltip
const MAY_FOUND = 8;
const FOR = ["for", "alleged"];
const AGAINST = ["against", "negated"];

const state = {
  lang: DATA.lang,
  off: { quad: new Set(["structure"]), status: new Set() },
  names: DATA.edges.filter((e) => e.quad !== "structure").length <= NAMED_AT_FIRST,
  table: false,
  chosen: null, // { edge: id } or { node: id }
  hovered: null,
  sort: { key: "subject", down: false },
};

// What is drawn: every name for itself, or persons and ministries counted for their state.
let view = DATA.roll_up ? DATA.rolled : DATA;

const at = (id) => document.getElementById(id);
const words = () => DATA.words[state.lang];
const term = (kind, name) => (TERMS[kind][name] || {})[state.lang] || name;
const nameOf = (id) => view.entities[id].names[state.lang];
const casesOf = (id) => (typeof view.statements[id] === "number" ? DATA.statements[view.statements[id]] : view.statements[id]);
const cut = (text, longest) => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’']/g, " ").trim();
const shade = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const shown = (edge) => !state.off.quad.has(edge.quad) && !state.off.status.has(edge.status);
const shownEdges = () => view.edges.filter(shown);

/* Make an element: attributes, then children, of which strings become text. */
function make(tag, attributes, ...children) {
  const element = tag.startsWith("svg:") ? document.createElementNS(SVG, tag.slice(4)) : document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const named = (text) => make("bdi", { title: text.length > LONGEST_NAME ? text : null }, cut(text, LONGEST_NAME));
