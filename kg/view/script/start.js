/* ---- the words of the page, and its start ---- */

const pressed = (text, on, onclick, more) => button(text, { "aria-pressed": String(on), onclick, ...more });

function header() {
  const said = words();
  document.documentElement.lang = state.lang;
  if (DATA.title === null) document.title = document.querySelector("h1").textContent = said.title;
  at("search").placeholder = said.search;
  at("search").setAttribute("aria-label", said.search_label);
  at("found").setAttribute("aria-label", said.search_label);
  for (const [id, text] of [["views", said.views], ["languages", said.language], ["camera", said.camera], ["chips", said.filters]]) at(id).setAttribute("aria-label", text);
  at("views").replaceChildren(...VIEWS.map((name) => pressed(said[name], name === state.view, () => turnTo(name), { "data-view": name })));
  at("languages").replaceChildren(...Object.keys(DATA.words).map((lang) =>
    pressed(lang.toUpperCase(), lang === state.lang, () => speak(lang), { lang, title: DATA.words[lang].name, "data-lang": lang })));
  const dark = isDark();
  at("languages").append(button("◐", {
    id: "theme", "aria-pressed": String(dark), "aria-label": said.dark, title: said.dark,
    onclick: () => { state.theme = dark ? "light" : "dark"; everything(); remember(); at("theme").focus(); } }));
  at("tools").replaceChildren(
    button(said.filters, {
      id: "filters", "aria-controls": "legend", "aria-expanded": String(at("legend").classList.contains("open")),
      onclick: ({ target }) => target.setAttribute("aria-expanded", String(at("legend").classList.toggle("open"))) }),
    make("details", { id: "export" }, make("summary", {}, said.export),
      make("div", { class: "menu" }, Object.entries(EXPORTS).map(([name, run]) => button(said[`save_${name}`], {
      "data-export": name, disabled: !view.nodes.length, onclick: () => { at("export").open = false; run(); } })))));
  showVerdicts();
  camera();
}

function camera() {
  const said = words();
  const tool = (sign, text, onclick, more) => button(sign, { "aria-label": text, title: text, onclick, ...more });
  at("camera").replaceChildren(tool("+", said.closer, () => zoom(1.25)), tool("−", said.wider, () => zoom(0.8)), tool("⤢", said.fit, () => fit(), { id: "fit" }),
    state.view === "graph" && view.nodes.length ? tool("❋", said.loosen,
      ({ target }) => { loosen(!state.loose); target.setAttribute("aria-pressed", String(state.loose)); },
      { id: "loosen", "aria-pressed": String(Boolean(state.loose)) }) : "");
}

function turnTo(name) {
  if (state.loose) loosen(false);
  const before = state.view;
  state.view = name;
  if (before === "compare") closePane();
  refresh();
  header();
  at("views").querySelector(`[data-view=${name}]`).focus();
  if (name !== "table") fit();
}

function speak(lang) {
  state.lang = lang;
  everything();
  remember();
  at("languages").querySelector(`[data-lang=${lang}]`).focus();
}

/* Count persons and ministries for their state, or no longer. */
function turn(rolled) {
  clearPanes();
  view = rolled ? ROLLED : PLAIN;
  Object.assign(state, { rolled, chosen: null, ego: null });
  everything();
  remember();
  at("legend").querySelector("[name=roll_up]").focus();
  if (state.view !== "table") fit();
}

const isDark = () => (state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

function scheme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  shades.clear();
}

function counts(seen) {
  const said = words();
  const ids = new Set(seen.flatMap((scene) => scene.edges.map((edge) => edge.id)));
  const rolled = view === ROLLED ? ` · ${fill(said.rolled, view)}` : "";
  const part = DATA.asked ? ` · ${fill(said.part, { statements: number(DATA.asked.statements), of: number(DATA.asked.of) })}` : "";
  at("count").textContent = fill(said.showing, { shown: number(ids.size), all: number(view.edges.length) }) + rolled + part;
  const nothing = !view.edges.length && !view.nodes.length;
  const text = nothing ? `${said.empty} ${said.empty_hint}` : view.edges.length && !ids.size ? said.filtered : state.chosen || state.view !== "graph" || filters().length ? "" : said.hint;
  at("notice").textContent = text;
  at("notice").hidden = !text;
  at("notice").className = ids.size ? "hint" : "big";
}

function chips() {
  const undo = (one) => () => { one.undo(); everything(); remember(); fit(); };
  const list = filters();
  at("chips").replaceChildren(...list.map((one) => make("button", { type: "button", class: "chip", title: words().undo, onclick: undo(one) },
    named(one.text), make("span", { "aria-hidden": "true" }, " ×"), make("span", { class: "unseen" }, ` – ${words().undo}`))),
    ...(list.length > 1 ? [button(words().undo_all, { class: "chip all", onclick: undo({ undo: () => list.forEach((one) => one.undo()) }) })] : []));
}

/* Bring everything that depends on the state up to date; a step is one that the browser's back button undoes. */
function refresh(step = true) {
  const seen = scenes();
  at("panes").hidden = at("camera").hidden = state.view === "table";
  if (view.nodes.length) paint(seen);
  captions();
  counts(seen);
  chips();
  panel();
  table(seen[0]);
  showTime(seen[0]);
  const names = at("legend").querySelector("[name=names]");
  if (names) names.checked = namesShown(seen[0]);
  if (step !== null) remember(step);
}

/* The same, and all words anew. */
function everything() {
  scheme();
  known = null;
  makeTime();
  header();
  legend();
  refresh(null);
}

/* At first all is shown, the panel not counted in; then what the address chose comes into sight. */
function open() {
  at("panel").hidden = true;
  fit();
  at("panel").hidden = state.chosen === null;
  if (state.chosen) for (const pane of panes) reveal(pane, seenOf(state.chosen, pane.scene));
}

/* Places are made for screens wider than high; on one that stands upright they are turned. */
function upright() {
  for (const one of [PLAIN, ROLLED]) for (const node of one ? one.nodes : []) [node.x, node.y] = [node.y, node.x];
}

function restore() {
  clearPanes();
  const before = state.view;
  recall(location.hash);
  if (before === "compare" && state.view !== "compare") closePane();
  everything();
}

at("search").addEventListener("input", () => { active = -1; search(); });
at("search").addEventListener("keydown", keyed);
at("search").addEventListener("blur", () => { at("found").hidden = true; at("search").setAttribute("aria-expanded", "false"); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (at("export").open) { at("export").open = false; at("export").querySelector("summary").focus(); } else if (state.chosen) choose(null);
});
document.addEventListener("click", ({ target }) => { if (!at("export").contains(target)) at("export").open = false; });
addEventListener("popstate", restore);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", everything);
if (innerHeight > innerWidth * 1.2) upright();
recall(location.hash);
foresee();
everything();
if (state.view !== "table") open();
window.kg = { panes, state, choose, fit, view: () => view, placed: () => (panes[0] ? panes[0].placed : []) }; // for a console, and for tests
