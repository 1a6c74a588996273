/* ---- comparing: two moments or two outlets side by side, with the same layout ---- */

const FEW_PERIODS = 14;

/* What can be compared: the outlets, or the periods that the claims fall into. */
function sides() {
  if (state.by === "outlet") return choices("outlet").map(({ key, label, count }) => ({ key, label, count, ask: { outlet: key } }));
  const claims = view.everyClaim.filter(dateOf);
  const { unit, bars: all } = barsOf(claims.map(dateOf), FEW_PERIODS);
  const counts = all.map(() => 0);
  for (const claim of claims) counts[barAt(all, dateOf(claim))] += 1;
  return all.map(({ start, end }, place) => ({ key: start, label: dayName(start, unit), count: counts[place], ask: { since: start, until: end, undated: false } })).filter(({ count }) => count);
}

/* The two sides as chosen; at first those with the most claims, the earlier one to the left. */
function pair(all) {
  const most = [...all].sort((a, b) => b.count - a.count).slice(0, 2).sort((a, b) => all.indexOf(a) - all.indexOf(b));
  return ["left", "right"].map((side, place) => all.find(({ key }) => key === state[side]) || most[place] || most[0] || { key: "", label: "", ask: {} });
}

function scenes() {
  return state.view === "compare" ? pair(sides()).map(({ ask }) => sceneOf(ask)) : [sceneOf()];
}

/* Above each pane: what it shows, how much, and how much only it shows. */
function captions() {
  if (state.view !== "compare") { if (panes[0]) panes[0].caption.replaceChildren(); return; }
  const all = sides();
  const chosen = pair(all);
  panes.forEach((pane, place) => {
    const side = ["left", "right"][place];
    const only = pane.scene.lines.filter((line) => !pane.common.has(line.id)).length;
    pane.caption.replaceChildren(
      place ? "" : make("select", { name: "by", "aria-label": words().compare_by,
        onchange: ({ target }) => { Object.assign(state, { by: target.value, left: "", right: "" }); refresh(); at("panes").querySelector("[name=by]").focus(); } },
        ["time", "outlet"].map((by) => make("option", { value: by, selected: by === state.by }, words()[`by_${by}`]))),
      make("select", { name: side, "aria-label": words()[side], onchange: ({ target }) => { state[side] = target.value; refresh(); at("panes").querySelector(`[name=${side}]`).focus(); } },
        all.map(({ key, label, count }) => make("option", { value: key, selected: key === chosen[place].key }, `${cut(label, 40)} (${number(count)})`))),
      make("span", {}, fill(words().lines_here, { n: number(pane.scene.lines.length), only: number(only) })));
  });
}
