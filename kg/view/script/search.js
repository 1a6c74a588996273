/* ---- search ---- */

const searchKeys = () => view.entities.map((entity) => [...Object.values(entity.names), ...(entity.merged || []).flatMap(Object.values), entity.iri.split("/").pop(), entity.qid || ""].map(fold));
let keys = searchKeys();

function search() {
  const wanted = fold(at("search").value);
  const rank = (id) => Math.min(...keys[id].map((key) => (key.startsWith(wanted) ? 0 : key.includes(` ${wanted}`) ? 1 : key.includes(wanted) ? 2 : 9)));
  const hits = wanted ? view.entities.map((_, id) => [rank(id), id]).filter(([r]) => r < 9).sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, MAY_FOUND) : [];
  at("found").hidden = !wanted;
  at("found").replaceChildren(...(hits.length ? hits.map(([, id]) => make("li", {}, make("button", { type: "button", onclick: () => go(id) }, named(nameOf(id)), make("small", {}, ` ${term("class", view.entities[id].type)}`))))
    : [make("li", { class: "none" }, words().nothing_found)]));
  return hits;
}

function go(id) {
  at("found").hidden = true;
  at("search").value = "";
  choose({ node: id });
  if (network && !state.table) fit(closeBy(), Math.max(network.getScale(), 0.75));
}
