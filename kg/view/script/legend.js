/* ---- the legend, which is the filter too ---- */

/* The outline of a node's shape as a path, as vis draws it. */
function outline(shape, x, y, r) {
  const path = (points) => `M${points.map((point) => point.map((value) => Math.round(value * 100) / 100).join(" ")).join("L")}Z`;
  const [big, down] = [r * 1.15, shape === "triangleDown" ? -1 : 1];
  const inner = big / Math.sqrt(3);
  const middle = y + 0.275 * big * down;
  if (shape === "square") return path([[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]]);
  if (shape === "diamond") return path([[x, y - r], [x + r, y], [x, y + r], [x - r, y]]);
  if (shape.startsWith("triangle")) return path([[x, middle - 2 * inner * down], [x + big, middle + inner * down], [x - big, middle + inner * down]]);
  if (shape === "hexagon") return path([0, 1, 2, 3, 4, 5].map((i) => [x + r * Math.cos((Math.PI / 3) * i), y + r * Math.sin((Math.PI / 3) * i)]));
  if (shape === "star") return path([...Array(10).keys()].map((i) => [(i % 2 ? 0.41 : 1.07) * r, (Math.PI / 5) * i])
    .map(([long, turn]) => [x + long * Math.sin(turn), y + r * 0.08 - long * Math.cos(turn)]));
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

function sample(colour, status) {
  const line = LINES[status];
  const stroke = (name, dashes) => make("svg:line", {
    x1: 1, x2: 31, y1: 8, y2: 8, "stroke-width": line.width, stroke: `var(--${name})`,
    "stroke-dasharray": dashes ? dashes.join(" ") : null, "stroke-opacity": line.opacity || null, "stroke-linecap": dashes ? "round" : null,
  });
  return make("svg:svg", { width: 32, height: 16, "aria-hidden": "true" }, line.twoTone ? stroke("contest", null) : null, stroke(colour, line.dashes));
}

function check(name, checked, text, onchange, ...more) {
  return make("label", { class: "toggle" }, make("input", { type: "checkbox", name, checked, onchange: ({ target }) => onchange(target.checked) }), more[0], make("span", {}, text), more[1]);
}

function toggles(kind, picture) {
  const count = (name) => view.edges.filter((edge) => edge[kind] === name).length;
  return TERMS.order[kind].filter(count).map((name) => check(`${kind}:${name}`, !state.off[kind].has(name), term(kind, name), (on) => {
    state.off[kind][on ? "delete" : "add"](name);
    refresh();
    if (name === "structure") fit();
  }, picture(name), make("small", {}, number(count(name)))));
}

const dot = (quad) => make("i", { class: `dot q-${quad}`, "aria-hidden": "true" });
const quadOf = (family) => view.edges.find((edge) => edge.family === family).quad;

function shapes() {
  const present = new Set(view.entities.map((entity) => entity.family));
  return TERMS.order.class.filter((name) => present.has(name)).map((name) => make("li", {},
    make("svg:svg", { width: 16, height: 16, "aria-hidden": "true" }, make("svg:path", { d: outline(TERMS.shape[name], 8, 8, 6), fill: `var(--class-${name})` })),
    make("span", {}, term("class", name))));
}

/* What can be chosen of each kind, with the number of claims, the most frequent first. */
function choices(kind) {
  const counts = new Map();
  const labels = new Map();
  const add = (key, label) => { counts.set(key, (counts.get(key) || 0) + 1); labels.set(key, label); };
  for (const claim of view.everyClaim) {
    if (kind === "outlet") add(outletOf(claim), outletOf(claim) === UNNAMED ? words().unnamed : outletOf(claim));
    if (kind === "tongue") add(ARTICLES[claim.article].lang, (DATA.words[ARTICLES[claim.article].lang] || {}).name || ARTICLES[claim.article].lang);
    if (kind === "speaker" && !claim.said.length) add(OWN_VOICE, words().own_voice);
    if (kind === "speaker") for (const slug of new Set(claim.said.map((one) => slugOf(one.iri)))) add(slug, claim.said.find((one) => slugOf(one.iri) === slug).speaker[state.lang]);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || labels.get(a[0]).localeCompare(labels.get(b[0]), state.lang)).map(([key, count]) => ({ key, count, label: labels.get(key) }));
}

const choiceName = (kind, key) => cut((choices(kind).find((one) => one.key === key) || { label: key }).label, LONGEST_LABEL);

function select(kind) {
  const known = choices(kind);
  if (known.length < 2 && !state[kind]) return null;
  const options = known.map(({ key, count, label }) => make("option", { value: key, selected: key === state[kind] }, `${cut(label, 40)} (${number(count)})`));
  return make("label", { class: "choice" }, make("span", {}, words()[kind]),
    make("select", { name: kind, onchange: ({ target }) => { state[kind] = target.value; refresh(); } }, make("option", { value: "" }, words()[`any_${kind}`]), options));
}

function least() {
  const most = view.edges.reduce((found, edge) => Math.max(found, edge.sources), 1);
  if (most < 2) return null;
  const shown = make("output", {}, number(state.min));
  return make("label", { class: "choice" }, make("span", {}, words().min, " ", shown), make("input", {
    type: "range", name: "min", min: 1, max: Math.min(most, 12), value: state.min,
    oninput: ({ target }) => { state.min = Number(target.value); shown.textContent = number(state.min); refresh(); },
  }));
}

function foldAway(name, title, open, ...children) {
  const before = at("legend").querySelector(`details[data-name=${name}]`);
  return make("details", { "data-name": name, open: before ? before.open : open }, make("summary", {}, title), ...children);
}

function legend() {
  const said = words();
  at("legend").setAttribute("aria-label", said.legend);
  const group = (title, ...children) => (children.flat().some(Boolean) ? make("fieldset", {}, make("legend", {}, title), children) : "");
  const families = toggles("family", (name) => dot(quadOf(name)));
  at("legend").replaceChildren(
    group(said.colours, toggles("quad", (name) => sample(name, "Corroborated"))),
    group(said.lines, toggles("status", (name) => sample("material-cooperation", name))),
    group(said.only, select("speaker"), select("outlet"), select("tongue"), least()),
    families.length ? foldAway("family", said.families, false, make("fieldset", { class: "long" }, families)) : "",
    make("fieldset", {},
      check("names", namesShown(sceneOf()), said.names, (on) => { state.names = on; refresh(); }),
      ROLLED ? check("roll_up", view === ROLLED, said.roll_up, turn) : null),
    view.nodes.length ? foldAway("shapes", said.people, innerHeight > 850, make("ul", { class: "shapes" }, shapes())) : "");
}
