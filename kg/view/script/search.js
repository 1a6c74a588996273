/* ---- search: by any name, without accents, in all languages ---- */

const MAY_FOUND = 9;

const searchKeys = () => view.entities.map((entity) => [
  ...Object.values(entity.names), ...(entity.merged || []).flatMap(Object.values),
  entity.iri.split("/").pop(), entity.qid || "", entity.iso || "", ...(entity.aliases || [])
  ].map((text) => fold(text.slice(0, 500))));
let known = null; // made at the first search
let active = -1; // of what is found, for the keyboard

function hits() {
  const wanted = fold(at("search").value);
  known = known || searchKeys();
  const rank = (texts) => texts.reduce((best, text) => Math.min(best, text === wanted ? 0 : text.startsWith(wanted) ? 1 : text.includes(` ${wanted}`) ? 2 : text.includes(wanted) ? 3 : 9), 9);
  if (!wanted) return [];
  return known.map((texts, id) => [rank(texts), id]).filter(([r]) => r < 9)
    .sort((a, b) => a[0] - b[0] || view.nodes[b[1]].size - view.nodes[a[1]].size || a[1] - b[1])
    .slice(0, MAY_FOUND).map(([, id]) => id);
}

function search() {
  const found = hits();
  const open = Boolean(fold(at("search").value));
  active = found.length ? Math.min(active, found.length - 1) : -1;
  at("found").hidden = !open;
  at("search").setAttribute("aria-expanded", String(open));
  at("search").setAttribute("aria-activedescendant", active < 0 ? "" : `found-${active}`);
  at("found").replaceChildren(...(found.length ? found.map(option) : [make("li", { class: "none", role: "option", "aria-disabled": "true" }, words().nothing_found)]));
  return found;
}

function option(id, place) {
  return make("li", { id: `found-${place}`, role: "option", "aria-selected": String(place === active), onmousedown: (event) => { event.preventDefault(); go(id); } },
    named(nameOf(id)), make("small", {}, ` ${term("class", view.entities[id].type)}${by(id)}`));
}

/* The name that was meant, where it is not the one shown. */
function by(id) {
  const wanted = fold(at("search").value);
  const { aliases, merged: counted, names } = view.entities[id];
  if (fold(names[state.lang]).includes(wanted)) return "";
  const meant = [...Object.values(names), ...(aliases || []), ...(counted || []).flatMap(Object.values)].find((name) => fold(name).includes(wanted));
  return meant ? ` · ${cut(meant, LONGEST_LABEL)}` : "";
}

function closeSearch() {
  active = -1;
  at("search").value = "";
  search();
}

function go(id) {
  const drawn = panes[0].scene.ends.has(id) && panes[0].scene.lines.some((line) => line.from === id || line.to === id);
  if (!drawn && !state.whole && view.nodes[id].beyond) state.ego = { node: id, hops: 1 };
  closeSearch();
  choose({ node: id });
  if (!drawn) fit();
}

function keyed(event) {
  const found = hits();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.length) { event.preventDefault(); active = (active + step + found.length) % found.length; search(); }
  if (event.key === "Enter" && found.length) { event.preventDefault(); go(found[Math.max(active, 0)]); }
  if (event.key === "Escape") { closeSearch(); event.stopPropagation(); }
}
