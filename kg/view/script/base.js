/* The page's behaviour. Text of strangers is shown through textContent alone; no markup is made of it. */
const DATA = JSON.parse(document.getElementById("data").textContent);
const { terms: TERMS, articles: ARTICLES } = DATA;
const SVG = "http://www.w3.org/2000/svg";
const LONGEST_LABEL = 28;
const LONGEST_NAME = 120; // in the panel and the table; the whole name is its tooltip

const at = (id) => document.getElementById(id);
const slugOf = (iri) => iri.split("/entity/").pop();
const cut = (text, longest) => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’']/g, " ").trim();
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

/* Claims, each once: one may count in several cases, and for several statements. */
const once = (claims) => [...new Map(claims.map((claim) => [claim.iri, claim])).values()];

/* One of the two networks of the page, with what is often asked of it. */
function world(net) {
  const cases = net.statements.map((some) => (typeof some === "number" ? DATA.statements[some] : some));
  const slugs = net.entities.map((entity) => slugOf(entity.iri));
  const claims = cases.map((some) => once(some.flatMap((one) => one.claims)));
  return {
    nodes: net.nodes, edges: net.edges, lines: net.bundles, entities: net.entities, merged: net.merged, into: net.into,
    cases, claims, everyClaim: once(claims.flat()), slugs, bySlug: new Map(slugs.map((slug, id) => [slug, id])),
  };
}

const PLAIN = world(DATA);
const ROLLED = DATA.rolled && world(DATA.rolled);
let view = PLAIN; // what is drawn: every name for itself, or persons and ministries counted for their state

const words = () => DATA.words[state.lang];
const term = (kind, name) => (TERMS[kind][name] || {})[state.lang] || name;
const nameOf = (id) => view.entities[id].names[state.lang];
const number = (value) => value.toLocaleString(state.lang);

/* Make an element: attributes, then children, of which strings become text. */
function make(tag, attributes, ...children) {
  const element = tag.startsWith("svg:") ? document.createElementNS(SVG, tag.slice(4)) : document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const named = (text) => make("bdi", { title: text.length > LONGEST_NAME ? text : null }, cut(text, LONGEST_NAME));
const button = (text, attributes) => make("button", { type: "button", ...attributes }, text);

/* The first of some things, and a button that shows the others. */
function some(things, show, most, wrap = (shown) => shown) {
  const rest = things.slice(most);
  if (!rest.length) return wrap(things.map(show));
  const more = button(fill(words().more, { n: number(rest.length) }), { class: "more", onclick: () => more.replaceWith(...[wrap(rest.map(show))].flat()) });
  return [wrap(things.slice(0, most).map(show)), more];
}

const shades = new Map(); // of the colours that the style sheet names
function shade(name) {
  if (!shades.has(name)) shades.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  return shades.get(name);
}
