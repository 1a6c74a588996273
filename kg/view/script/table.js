/* ---- the table: the same relations for a keyboard, a screen reader, and whoever likes lists ---- */

const ROWS_AT_FIRST = 250;

const lastSeen = (edge) => view.cases[edge.id].reduce((latest, one) => (one.last && one.last > latest ? one.last : latest), "");
const COLUMNS = {
  subject: (edge) => nameOf(edge.from), relation: (edge) => term("relation", edge.relation), object: (edge) => nameOf(edge.to),
  status: (edge) => TERMS.order.status.indexOf(edge.status), cases: (edge) => edge.cases, sources: (edge) => edge.sources, last: lastSeen,
};

let tabled = ""; // what the table shows: it is made anew, and the keyboard's place in it lost, only for something else

function table(scene) {
  at("table").hidden = state.view !== "table";
  const { key, down } = state.sort;
  const wanted = state.view === "table" ? JSON.stringify([key, down, state.lang, state.rolled, scene.edges.map((edge) => edge.id)]) : "";
  if (wanted === tabled) return;
  tabled = wanted;
  if (!wanted) { at("table").replaceChildren(); return; }
  const collator = new Intl.Collator(state.lang);
  const sorted = scene.edges.map((edge) => ({ edge, value: COLUMNS[key](edge) }))
    .sort((a, b) => (down ? -1 : 1) * (typeof a.value === "string" ? collator.compare(a.value, b.value) : a.value - b.value) || a.edge.id - b.edge.id);
  const body = make("tbody", {}, sorted.slice(0, ROWS_AT_FIRST).map(({ edge }) => row(edge)));
  const rest = sorted.slice(ROWS_AT_FIRST);
  const more = rest.length ? button(fill(words().more, { n: number(rest.length) }), { class: "more", onclick: () => { body.append(...rest.map(({ edge }) => row(edge))); more.remove(); } }) : "";
  at("table").replaceChildren(make("table", {}, make("caption", {}, words().table_caption), make("thead", {}, make("tr", {}, Object.keys(COLUMNS).map(heading))), body), more);
}

function heading(key) {
  const { key: current, down } = state.sort;
  const order = key === current ? (down ? "descending" : "ascending") : null;
  return make("th", { scope: "col", class: key, "aria-sort": order }, button(words()[key] + (order ? (down ? " ↓" : " ↑") : ""), { onclick: () => {
    state.sort = { key, down: key === current && !down };
    table(sceneOf());
    at("table").querySelector(`th.${key} button`).focus();
  } }));
}

function row(edge) {
  const node = (id, end) => make("td", {}, make("button", { type: "button", class: "link", onclick: () => choose({ node: id }) }, named(nameOf(id))), through(edge, end));
  return make("tr", {}, node(edge.from, 0),
    make("td", {}, make("button", { type: "button", class: "link", "data-edge": edge.id, onclick: () => choose({ edge: edge.id }) }, dot(edge.quad), term("relation", edge.relation))),
    node(edge.to, 1), make("td", {}, badge(edge.status)),
    make("td", { class: "number" }, number(edge.cases)), make("td", { class: "number" }, number(edge.sources)), make("td", { class: "number" }, lastSeen(edge)));
}
