/* The page's behaviour. Text of strangers is shown through textContent alone; no markup is made of it. */
"use strict";
(() => {
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

  /* ---- the network ---- */

  /* Does an edge concern what is chosen? What does not, steps back. */
  function near(edge) {
    const { edge: id, node } = state.chosen;
    return id === edge.id || (node !== undefined && (edge.from === node || edge.to === node));
  }

  /* The nodes that what is chosen concerns. */
  function closeBy() {
    if (state.chosen === null) return new Set();
    const own = state.chosen.node === undefined ? [] : [state.chosen.node];
    return new Set([...own, ...shownEdges().filter(near).flatMap((edge) => [edge.from, edge.to])]);
  }

  function edgeLook(edge) {
    const line = LINES[edge.status];
    const colour = shade(edge.quad);
    const chosen = state.chosen && state.chosen.edge === edge.id;
    const faded = state.chosen !== null && !near(edge);
    return {
      id: edge.id,
      hidden: !shown(edge),
      width: line.width + (chosen ? 1.5 : 0),
      dashes: line.dashes || false,
      color: { color: colour, highlight: colour, hover: colour, opacity: (line.opacity || 1) * (faded ? 0.18 : 1) },
      background: { enabled: Boolean(line.twoTone) && !faded, color: shade("contest"), size: line.width + (chosen ? 4 : 0), dashes: false },
    };
  }

  function nodeLook(node, ends, close) {
    const entity = view.entities[node.id];
    const colour = shade(`class-${entity.family}`);
    const chosen = state.chosen && state.chosen.node === node.id;
    return {
      id: node.id,
      label: undefined,
      opacity: state.chosen === null || close.has(node.id) ? 1 : 0.25,
      hidden: !ends.has(node.id) && !chosen,
      borderWidth: entity.known ? 1.5 : 2,
      shapeProperties: { borderDashes: entity.known ? false : [3, 3] },
      color: {
        background: entity.known ? colour : shade("ground"),
        border: entity.known ? shade("ground") : colour,
        highlight: { background: colour, border: shade("ink") },
        hover: { background: colour, border: shade("ink") },
      },
    };
  }

  const bareNodes = () => view.nodes.map(({ group, structural, label, ...node }) => node);
  const bareEdges = () => view.edges.map(({ through, ...edge }) => edge);
  const nodes = new vis.DataSet(bareNodes());
  const edges = new vis.DataSet(bareEdges());
  let network = null;
  let turning = false;

  function paint() {
    const ends = new Set(shownEdges().flatMap((edge) => [edge.from, edge.to]));
    const close = closeBy();
    nodes.update(view.nodes.map((node) => nodeLook(node, ends, close)));
    edges.update(view.edges.map(edgeLook));
  }

  function draw() {
    network = new vis.Network(at("canvas"), { nodes, edges }, {
      autoResize: true,
      physics: { enabled: false },
      layout: { improvedLayout: false },
      interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, tooltipDelay: 1e9, keyboard: false },
      edges: { arrows: { to: { scaleFactor: 0.55 } }, arrowStrikethrough: false, hoverWidth: 1, selectionWidth: 0, selfReference: { size: 26 } },
    });
    network.on("click", ({ nodes: [node], edges: [edge], pointer }) =>
      choose(node !== undefined ? { node } : nameAt(pointer.canvas) || (edge !== undefined ? { edge } : null)));
    for (const kind of ["Edge", "Node"]) {
      network.on(`hover${kind}`, ({ node, edge }) => hover(node !== undefined ? { node } : { edge }));
      network.on(`blur${kind}`, () => hover(null));
    }
    network.on("afterDrawing", drawNames);
    fit();
  }

  /* Count persons and ministries for their state, or no longer. */
  function turn(rolled) {
    turning = true; // between the two networks no name has a place
    view = rolled ? DATA.rolled : DATA;
    Object.assign(state, { chosen: null, hovered: null });
    keys = searchKeys();
    edges.clear();
    nodes.clear();
    nodes.add(bareNodes());
    edges.add(bareEdges());
    turning = false;
    refresh();
    legend();
    at("legend").querySelector("[name=roll_up]").focus();
    if (!state.table) fit();
  }

  function hover(what) {
    state.hovered = what;
    at("canvas").classList.toggle("over", what !== null);
    network.redraw();
  }

  /* ---- names: always as large on the screen, and none drawn over another; what finds no room waits for a closer look ---- */

  const TRIES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
  const NODE_TEXT = 14;
  const EDGE_TEXT = 11.5;
  const RIM = { x: 150, y: 120 };
  let placed = [];

  const nameAt = ({ x, y }) => (placed.find((box) => box.what && Math.abs(box.x - x) < box.w / 2 && Math.abs(box.y - y) < box.h / 2) || {}).what;
  const overlap = (a, b) => Math.abs(a.x - b.x) * 2 < a.w + b.w && Math.abs(a.y - b.y) * 2 < a.h + b.h;
  const is = (what, kind, id) => what !== null && what[kind] === id;

  function drawNames(context) {
    if (turning) return;
    const scale = network.getScale();
    const seen = nodes.get({ filter: (node) => !node.hidden });
    const close = closeBy();
    placed = seen.map(({ id, size }) => ({ ...spot(id), w: size * 2, h: size * 2 }));
    context.save();
    Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round" });
    const write = writer(context, scale, getComputedStyle(document.body).fontFamily);
    const first = (kind) => (a, b) => is(state.hovered, kind, b.id) - is(state.hovered, kind, a.id) || is(state.chosen, kind, b.id) - is(state.chosen, kind, a.id);
    for (const node of seen.sort((a, b) => first("node")(a, b) || b.size - a.size || a.id - b.id)) {
      const faded = state.chosen !== null && !close.has(node.id) && !is(state.hovered, "node", node.id);
      write(cut(nameOf(node.id), LONGEST_LABEL), aroundNode(node, scale), { size: NODE_TEXT, weight: node.size > 16 ? 600 : 400, colour: "ink", alpha: faded ? 0.35 : 1, what: { node: node.id } });
    }
    for (const edge of shownEdges().sort((a, b) => first("edge")(a, b) || a.id - b.id)) edgeName(edge, write);
    context.restore();
  }

  /* A plate under the name of a line, so that the line does not run through its letters. */
  function plate(context, { x, y, w, h }, ground, ink) {
    context.fillStyle = ground;
    context.fillRect(x - w / 2, y - h / 2, w, h);
    context.fillStyle = shade(ink);
  }

  const spot = (id) => ({ x: network.body.nodes[id].x, y: network.body.nodes[id].y });

  function aroundNode({ id, size }, scale) {
    const { x, y } = spot(id);
    const away = size + (NODE_TEXT * 0.75) / scale;
    return (width) => [{ x, y: y + away }, { x, y: y - away }, { x: x + size + width * 0.55, y }, { x: x - size - width * 0.55, y }];
  }

  function edgeName(edge, write) {
    const marked = is(state.chosen, "edge", edge.id) || is(state.hovered, "edge", edge.id);
    if (state.chosen !== null && !near(edge) && !marked) return;
    const text = [LINES[edge.status].sign, state.names || marked ? term("relation", edge.relation) : ""].filter(Boolean).join(" ");
    if (!text) return;
    write(text, () => alongEdge(edge), { size: EDGE_TEXT, weight: marked ? 600 : 400, colour: marked ? "ink" : "ink-soft", alpha: 1, what: { edge: edge.id } });
  }

  function alongEdge(edge) {
    if (edge.from === edge.to) { const { x, y } = spot(edge.from); return [{ x: x + 14, y: y - 60 }, { x, y: y - 85 }]; }
    return TRIES.map((place) => network.body.edges[edge.id].edgeType.getPoint(place));
  }

  /* Writes a text at the first of some spots where it covers nothing; what is chosen or under the pointer comes first. */
  function writer(context, scale, family) {
    const halo = shade("ground");
    return (text, spots, { size, weight, colour, alpha, what }) => {
      context.font = `${weight} ${size / scale}px ${family}`;
      const w = context.measureText(text).width + 8 / scale;
      const h = (size * 1.3) / scale;
      const box = spots(w).map(({ x, y }) => ({ x, y, w, h, what })).find((one) => !placed.some((other) => overlap(one, other)));
      if (!box) return;
      placed.push(box);
      Object.assign(context, { globalAlpha: alpha, strokeStyle: halo, lineWidth: 4 / scale, fillStyle: shade(colour) });
      if (what.edge === undefined) context.strokeText(text, box.x, box.y);
      else plate(context, box, halo, colour);
      context.fillText(text, box.x, box.y);
    };
  }

  /* Show all that is not hidden, or only some nodes, with room for the names at the rim. */
  function fit(some, largest = 1.3) {
    const seen = nodes.get({ filter: (node) => !node.hidden && (!some || some.has(node.id)) }).map((node) => spot(node.id));
    if (!network || !seen.length) return;
    const [xs, ys] = [seen.map(({ x }) => x), seen.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { clientWidth, clientHeight } = at("canvas");
    const scale = Math.min((clientWidth - RIM.x) / (right - left), (clientHeight - RIM.y) / (bottom - top), largest);
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, 0.02) });
  }

  /* ---- the legend, which is the filter too ---- */

  function sample(colour, status) {
    const line = LINES[status];
    const y = 8;
    const stroke = (shadeName, dashes) => make("svg:line", {
      x1: 1, x2: 35, y1: y, y2: y, "stroke-width": line.width,
      stroke: `var(--${shadeName})`, "stroke-dasharray": dashes ? dashes.join(" ") : null, "stroke-opacity": line.opacity || null,
    });
    return make("svg:svg", { width: 36, height: 16, "aria-hidden": "true" },
      line.twoTone ? stroke("contest", null) : null, stroke(colour, line.dashes));
  }

  function toggles(kind, picture) {
    const present = new Set(view.edges.map((edge) => edge[kind]));
    return TERMS.order[kind].filter((name) => present.has(name)).map((name) => make("label", { class: "toggle" },
      make("input", {
        type: "checkbox", name: `${kind}:${name}`, checked: !state.off[kind].has(name),
        onchange: ({ target }) => {
          state.off[kind][target.checked ? "delete" : "add"](name);
          refresh();
          if (name === "structure") fit();
        },
      }),
      picture(name),
      make("span", {}, term(kind, name)),
      make("small", {}, String(view.edges.filter((edge) => edge[kind] === name).length))));
  }

  function shapes() {
    const drawn = {
      dot: "M8 2a6 6 0 1 0 .01 0z", triangle: "M8 2l6 11H2z", triangleDown: "M8 14L2 3h12z", square: "M3 3h10v10H3z",
      diamond: "M8 1l6 7-6 7-6-7z", star: "M8 1l2 5h5l-4 3 2 6-5-4-5 4 2-6-4-3h5z", hexagon: "M4.5 2h7L15 8l-3.500 6h-7L1 8z",
    };
    const present = new Set(view.entities.map((entity) => entity.family));
    return TERMS.order.class.filter((name) => present.has(name)).map((name) => make("li", {},
      make("svg:svg", { width: 16, height: 16, "aria-hidden": "true" }, make("svg:path", { d: drawn[TERMS.shape[name]], fill: `var(--class-${name})` })),
      make("span", {}, term("class", name))));
  }

  function legend() {
    const said = words();
    at("legend").setAttribute("aria-label", said.legend);
    const open = at("legend").querySelector("details");
    at("legend").replaceChildren(make("details", { open: open ? open.open : innerWidth > 800 },
      make("summary", {}, said.legend),
      make("fieldset", {}, make("legend", {}, said.colours), toggles("quad", (name) => sample(name, "Corroborated"))),
      make("fieldset", {}, make("legend", {}, said.lines), toggles("status", (name) => sample("material-cooperation", name))),
      make("label", { class: "toggle" },
        make("input", { type: "checkbox", name: "names", checked: state.names, onchange: ({ target }) => { state.names = target.checked; refresh(); } }),
        make("span", {}, said.names)),
      DATA.rolled ? make("label", { class: "toggle" },
        make("input", { type: "checkbox", name: "roll_up", checked: view === DATA.rolled, onchange: ({ target }) => turn(target.checked) }),
        make("span", {}, said.roll_up)) : null,
      make("h2", {}, said.people), make("ul", { class: "shapes" }, shapes())));
  }

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

  /* ---- search, words, start ---- */

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

  function button(text, pressed, onclick, attributes) {
    return make("button", { type: "button", "aria-pressed": pressed === null ? null : String(pressed), onclick, ...attributes }, text);
  }

  function head() {
    const said = words();
    document.documentElement.lang = state.lang;
    if (DATA.title === null) document.title = document.querySelector("h1").textContent = said.title;
    at("search").placeholder = said.search;
    at("search").setAttribute("aria-label", said.search_label);
    at("canvas").setAttribute("aria-label", said.canvas);
    at("languages").setAttribute("aria-label", said.language);
    const set = (flag) => () => { state.table = flag; refresh(); if (!flag) fit(); };
    at("views").replaceChildren(button(said.fit, null, () => fit(), { disabled: state.table }), button(said.graph, !state.table, set(false)), button(said.table, state.table, set(true)));
    at("languages").replaceChildren(...Object.keys(DATA.words).map((lang) => button(lang.toUpperCase(), lang === state.lang,
      () => { state.lang = lang; refresh(); legend(); }, { lang, title: DATA.words[lang].name, "data-lang": lang })));
  }

  function notice() {
    const said = words();
    const count = shownEdges().length;
    const rolled = view === DATA.rolled ? ` · ${fill(said.rolled, view)}` : "";
    at("count").textContent = fill(said.showing, { shown: count, all: view.edges.length }) + rolled;
    const text = !view.edges.length && !view.nodes.length ? `${said.empty} ${said.empty_hint}` : view.edges.length && !count ? said.filtered : state.chosen || state.table ? "" : said.hint;
    at("notice").textContent = text;
    at("notice").hidden = !text;
    at("notice").className = count ? "hint" : "big";
  }

  function refresh() {
    head(); notice(); paint(); panel(); table();
  }

  at("search").addEventListener("input", search);
  at("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") { const [first] = search(); if (first) go(first[1]); }
    if (event.key === "Escape") { at("search").value = ""; at("found").hidden = true; }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && event.target !== at("search")) choose(null); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  refresh();
  legend();
  if (view.nodes.length) draw();
  window.kg = { network, nodes, edges, choose, state, placed: () => placed }; // for a console, and for tests
})();
