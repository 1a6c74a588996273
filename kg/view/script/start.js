/* ---- the words of the page, and its start ---- */

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
