/* ---- the table ---- */

const COLUMNS = {
  subject: (edge) => nameOf(edge.from), relation: (edge) => term("relation", edge.relation), object: (edge) => nameOf(edge.to),
  status: (edge) => TERMS.order.status.indexOf(edge.status), cases: (edge) => edge.cases, sources: (edge) => edge.sources,
};

function table() {
  at("table").hidden = !state.table;
  at("canvas").hidden = state.table;
  if (!state.table) return at("table").replaceChildren();
  const { key, down } = state.sort;
  const value = COLUMNS[key];
  const compare = (a, b) => (typeof value(a) === "string" ? value(a).localeCompare(value(b), state.lang) : value(a) - value(b)) || a.id - b.id;
  const rows = shownEdges().sort((a, b) => (down ? compare(b, a) : compare(a, b)));
  return at("table").replaceChildren(make("table", {},
    make("thead", {}, make("tr", {}, Object.keys(COLUMNS).map(heading))), make("tbody", {}, rows.map(row))));
}

function heading(key) {
  const { key: current, down } = state.sort;
  const order = key === current ? (down ? "descending" : "ascending") : null;
  return make("th", { scope: "col", "aria-sort": order }, make("button", {
    type: "button", onclick: () => { state.sort = { key, down: key === current && !down }; table(); },
  }, words()[key], order ? (down ? " ↓" : " ↑") : ""));
}

function row(edge) {
  return make("tr", {}, make("td", {}, named(nameOf(edge.from)), through(edge, 0)),
    make("td", {}, make("button", { type: "button", class: "link", onclick: () => choose({ edge: edge.id }) },
      make("i", { class: `dot q-${edge.quad}`, "aria-hidden": "true" }), term("relation", edge.relation))),
    make("td", {}, named(nameOf(edge.to)), through(edge, 1)), make("td", {}, badge(edge.status)), make("td", {}, String(edge.cases)), make("td", {}, String(edge.sources)));
}
