/* ---- reading: the statements behind a line, case by case, and every claim in its own words ---- */

const FOR = ["for", "alleged"];
const AGAINST = ["against", "negated"];
const CLAIMS_AT_FIRST = 12;
const LINKS_AT_FIRST = 10;

const badge = (status) => make("span", { class: `badge ${status}` }, LINES[status].sign ? `${LINES[status].sign} ` : "", term("status", status));

/* A statement as a sentence; in a heading its ends lead to who they are. */
function sentence(edge, name = (id) => named(nameOf(id))) {
  return [name(edge.from), through(edge, 0), make("span", { class: "relation" }, ` ${term("relation", edge.relation)} `), arrow(edge), name(edge.to), through(edge, 1)].flat();
}

const leading = (id) => make("a", {
  href: `#node=${encodeURIComponent(view.slugs[id].slice(0, 200))}`,
  class: "name", onclick: (event) => { event.preventDefault(); choose({ node: id }); } }, named(nameOf(id)));

const arrow = ({ arrows }) => make("span", { class: "arrow", "aria-hidden": "true" }, arrows ? "→ " : "↔ ");

/* Who is meant where somebody counts for a state: who acted (0), or who was named (1). */
function through(edge, end) {
  const name = (edge.through || [])[end];
  const said = words();
  return name ? [" ", make("small", { class: "through" }, "(", fill(end && edge.arrows ? said.named : said.through, { name: cut(name[state.lang], LONGEST_NAME) }), ")")] : [];
}

function sources(title, list, none) {
  return make("section", { class: "side" }, make("h4", {}, title),
    list.length ? make("ul", {}, list.map(source)) : make("p", { class: "none" }, none));
}

function source(voice) {
  const id = view.bySlug.get(slugOf(voice.iri)) ?? -1;
  const known = view.entities[id] || DATA.entities.find((entity) => entity.iri === voice.iri);
  const by = voice.speakers.length ? fill(words().by, { names: voice.speakers.join(", ") }) : "";
  const notes = [words().role[voice.role] || voice.role, voice.position === "alleged" ? term("position", "alleged") : "", by].filter(Boolean).join(", ");
  return make("li", {}, make("b", {}, named(known ? known.names[state.lang] : voice.label)), " ", make("small", { dir: "auto" }, notes));
}

function caseCard(one) {
  const said = words();
  const of = (positions) => one.sources.filter((voice) => positions.includes(voice.position));
  const seen = one.first && fill(one.first === one.last ? said.seen_once : said.seen, one);
  const open = of(["open"]);
  return make("article", { class: "case" },
    make("h3", {}, badge(one.status), " ", [one.kind && one.kind[state.lang], one.month].filter(Boolean).join(" · "), seen ? make("small", {}, ` ${seen}`) : null),
    make("div", { class: "sides" }, sources(said.for, of(FOR), said.no_support), sources(said.against, of(AGAINST), said.no_denial)),
    open.length ? sources(said.open, open, "") : null,
    make("h4", {}, said.claims),
    claimCards(one.claims));
}

/* Claims that the filters keep; the others wait behind a line that says how many they are. */
function claimCards(claims) {
  const ask = asked();
  const [kept, rest] = [claims.filter((claim) => claimPasses(claim, ask)), claims.filter((claim) => !claimPasses(claim, ask))];
  return [
    some(kept, claimCard, CLAIMS_AT_FIRST),
    rest.length ? make("details", { class: "outside" }, make("summary", {}, fill(words().outside, { n: number(rest.length) })), some(rest, claimCard, CLAIMS_AT_FIRST)) : ""];
}

function claimCard(claim) {
  const said = words();
  const article = ARTICLES[claim.article];
  const title = article.title || article.id;
  const facts = [claim.modality === "actual" ? "" : term("modality", claim.modality), claim.negative ? said.negative : "", claim.theme ? `${said.theme} ${cut(claim.theme, LONGEST_NAME)}` : ""];
  return make("figure", { class: `claim ${claim.position}` },
    make("blockquote", { lang: article.lang, dir: "auto" }, said.quote_open, claim.parts.map(part), said.quote_close),
    make("figcaption", {},
      make("p", { class: "who", dir: "auto" }, who(claim), facts.filter(Boolean).map((fact) => make("span", { class: "fact" }, fact))),
      make("p", { class: "where", dir: "auto" }, [article.outlet, article.date || said.unknown_date, claim.title ? said.in_title : ""].filter(Boolean).join(" · "), " · ",
        article.url ? make("a", { href: article.url, rel: "noopener noreferrer", target: "_blank" }, named(title)) : make("cite", {}, named(title))),
      ruled(claim), judging(claim)));
}

/* A part of a sentence; what it is for the claim is told by its colour, its tooltip and to a screen reader. */
function part([text, mark]) {
  return mark ? make("mark", { class: mark, title: words().mark[mark] }, text) : text;
}

function who(claim) {
  if (!claim.said.length) return make("i", {}, words().own_voice);
  return claim.said.map((one, place) => [place ? " ← " : "", named(one.speaker[state.lang]), " ", make("em", { class: one.stance }, term("stance", one.stance)),
    one.via ? [" ", fill(words().via, { name: one.via[state.lang] })] : ""]);
}

function relationButton(edge) {
  return make("li", {}, make("button", { type: "button", class: "link", onclick: () => choose({ edge: edge.id }) }, dot(edge.quad), sentence(edge)), " ", badge(edge.status));
}

function edgePanel(edge) {
  return [make("h2", { tabindex: -1, id: "what" }, sentence(edge, leading)), make("p", { class: "sub" }, dot(edge.quad), term("quad", edge.quad)), keys(), view.cases[edge.id].map(caseCard)];
}

/* What the colours in a sentence mean. */
const keys = () => make("p", { class: "keys" }, ["subject", "cue", "object", "theme", "speaker"].map((mark) => make("mark", { class: mark }, words().mark[mark])));

/* A line that stands for several statements; the first is open. */
function linePanel(id, own) {
  const line = view.lines[id];
  const head = [make("h2", { tabindex: -1, id: "what" }, leading(line.from), " ", arrow(line), leading(line.to)),
    make("p", { class: "sub" }, dot(line.quad), term("family", line.family), " · ", fill(words().statements, { n: number(own.length) })), keys()];
  return [...head, ranked(own).map((edge, place) => statement(edge, place === 0))];
}

function statement(edge, open) {
  const cards = () => view.cases[edge.id].map(caseCard);
  const box = make("details", { class: "statement", open },
    make("summary", {},
    make("b", {}, term("relation", edge.relation)), through(edge, 0), through(edge, 1), " ", badge(edge.status)),
    open ? cards() : "");
  box.addEventListener("toggle", () => { if (box.open && box.children.length === 1) box.append(...cards()); });
  return box;
}

/* The statements that what is chosen stands for: those of a line that are shown, or all if none is. */
function chosenEdges() {
  const { edge, line } = state.chosen;
  if (edge !== undefined) return [view.edges[edge]];
  const own = view.lines[line].edges.map((id) => view.edges[id]);
  const seen = new Set(panes.flatMap(({ scene }) => scene.edges.map((one) => one.id)));
  const kept = own.filter((one) => seen.has(one.id));
  return kept.length ? kept : own;
}

function panel() {
  const box = at("panel");
  box.hidden = state.chosen === null;
  document.body.classList.toggle("reading", state.chosen !== null);
  if (state.chosen === null) return box.replaceChildren();
  const edges = state.chosen.node === undefined ? chosenEdges() : [];
  const body = state.chosen.node !== undefined ? nodePanel(state.chosen.node) : edges.length === 1 ? edgePanel(edges[0]) : linePanel(state.chosen.line, edges);
  return box.replaceChildren(button("×", { class: "close", "aria-label": words().close, title: words().close, onclick: () => choose(null) }), ...body.flat(3).filter(Boolean));
}

/* Choose a node, a statement, a line, or nothing; the keyboard goes on in the panel. */
function choose(what) {
  const before = document.activeElement;
  state.chosen = what;
  refresh();
  if (!what) { leave(); return; }
  if (state.view !== "table") for (const pane of panes) reveal(pane, closeBy(pane.scene).size ? seenOf(what, pane.scene) : []);
  if (!at("panel").contains(before)) back = before;
  at("panel").scrollTop = 0;
  at("panel").querySelector("h2").focus({ preventScroll: true });
}

let back = null; // where the keyboard was before

/* Camera and keyboard go back to where they were. */
function leave() {
  lookBack();
  if (back && document.contains(back)) back.focus({ preventScroll: true });
  back = null;
}

/* What has to be in sight: the node itself, or the ends of the line. */
const seenOf = ({ node }, scene) => (node !== undefined ? [node] : closeBy(scene));
