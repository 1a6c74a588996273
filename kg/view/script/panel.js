/* ---- the panel ---- */

const badge = (status) => make("span", { class: `badge ${status}` }, LINES[status].sign ? `${LINES[status].sign} ` : "", term("status", status));

function sentence(edge) {
  const arrow = edge.arrows ? "→" : "↔";
  return [named(nameOf(edge.from)), through(edge, 0), make("span", { class: "relation", style: null }, ` ${term("relation", edge.relation)} `),
    make("span", { class: "arrow", "aria-hidden": "true" }, `${arrow} `), named(nameOf(edge.to)), through(edge, 1)].flat();
}

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
  const known = [...view.entities, ...DATA.entities].find((entity) => entity.iri === voice.iri);
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
    one.claims.map(claimCard));
}

function claimCard(claim) {
  const said = words();
  const article = ARTICLES[claim.article];
  const title = article.title || article.id;
  const facts = [claim.modality === "actual" ? "" : term("modality", claim.modality), claim.negative ? said.negative : "", claim.theme ? `${said.theme} ${claim.theme}` : ""];
  return make("figure", { class: `claim ${claim.position}` },
    make("blockquote", { lang: article.lang, dir: "auto" }, said.quote_open,
      claim.parts.map(([text, mark]) => (mark ? make("mark", { class: mark }, text) : text)), said.quote_close),
    make("figcaption", {},
      make("p", { class: "who", dir: "auto" }, who(claim), facts.filter(Boolean).map((fact) => make("span", { class: "fact" }, fact))),
      make("p", { class: "where", dir: "auto" }, [article.outlet, article.date || said.unknown_date, claim.title ? said.in_title : ""].filter(Boolean).join(" · "), " · ",
        article.url ? make("a", { href: article.url, rel: "noopener noreferrer", target: "_blank" }, named(title)) : make("cite", {}, named(title)))));
}

function who(claim) {
  if (!claim.said.length) return make("i", {}, words().own_voice);
  return claim.said.map((one, place) => [place ? " ← " : "", named(one.speaker[state.lang]), " ", make("em", { class: one.stance }, term("stance", one.stance)),
    one.via ? [" ", fill(words().via, { name: one.via[state.lang] })] : ""]).flat(2);
}

function relationButton(edge) {
  return make("li", {}, make("button", { type: "button", class: "link", onclick: () => choose({ edge: edge.id }) },
    make("i", { class: `dot q-${edge.quad}`, "aria-hidden": "true" }), ...sentence(edge)), " ", badge(edge.status));
}

function edgePanel(edge) {
  return [make("h2", { tabindex: -1, class: `q-${edge.quad}` }, ...sentence(edge)),
    make("p", { class: "sub" }, term("quad", edge.quad)), casesOf(edge.id).map(caseCard)];
}

function nodePanel(id) {
  const entity = view.entities[id];
  const said = words();
  const own = view.edges.filter((edge) => edge.from === id || edge.to === id);
  const spoken = view.edges.filter((edge) => casesOf(edge.id).some((one) => one.claims.some((claim) => claim.said.some((s) => s.iri === entity.iri))));
  const kind = [term("class", entity.type), entity.qid, entity.known ? "" : said.unresolved].filter(Boolean).join(" · ");
  const group = (quad) => own.filter((edge) => edge.quad === quad);
  return [make("h2", { tabindex: -1, title: nameOf(id) }, named(nameOf(id))), make("p", { class: "sub" }, kind),
    entity.merged && entity.merged.length ? [make("h3", {}, said.counted_here), make("ul", { class: "list" }, entity.merged.map((one) => make("li", {}, named(one[state.lang]))))] : "",
    make("h3", {}, said.relations),
    TERMS.order.quad.filter((quad) => group(quad).length).map((quad) => [make("h4", {}, term("quad", quad)), make("ul", { class: "list" }, group(quad).map(relationButton))]).flat(),
    spoken.length ? [make("h3", {}, said.speaks), make("ul", { class: "list" }, spoken.map(relationButton))] : ""].flat();
}

function panel() {
  const box = at("panel");
  box.hidden = state.chosen === null;
  if (state.chosen === null) return box.replaceChildren();
  const body = state.chosen.edge !== undefined ? edgePanel(view.edges[state.chosen.edge]) : nodePanel(state.chosen.node);
  return box.replaceChildren(make("button", { type: "button", class: "close", "aria-label": words().close, onclick: () => choose(null) }, "×"), ...body.flat());
}

function choose(what) {
  const opens = (state.chosen === null) !== (what === null);
  state.chosen = what;
  refresh();
  if (network) {
    const scale = network.getScale();
    if (opens) network.redraw(); // the panel takes or gives back room
    if (opens && what) fit(closeBy(), Math.max(scale, 0.75));
    else if (opens) fit();
    if (what && what.edge !== undefined) network.setSelection({ nodes: [], edges: [what.edge] });
    else network.setSelection({ nodes: what ? [what.node] : [], edges: [] }, { highlightEdges: false });
  }
  if (what) { at("panel").scrollTop = 0; at("panel").querySelector("h2").focus({ preventScroll: true }); }
}
