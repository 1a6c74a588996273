/* ---- what of the network is asked for ---- */

const OWN_VOICE = "own-voice";
const UNNAMED = "?"; // an outlet that is not told

const outletOf = (claim) => ARTICLES[claim.article].outlet || UNNAMED;
const spoke = (claim, slug) => (slug === OWN_VOICE ? !claim.said.length : claim.said.some((one) => slugOf(one.iri) === slug));
const strongest = (edges) => TERMS.order.status.find((name) => edges.some((edge) => edge.status === name));

/* What is asked of claims; a pane of a comparison asks something of its own. */
const asked = (own = {}) => {
  const { outlet, tongue, speaker, since, until, undated } = state;
  return { outlet, tongue, speaker, since, until, undated, ...own };
};
const asksOfClaims = (ask) => Boolean(ask.outlet || ask.tongue || ask.speaker || ask.since || ask.until || !ask.undated);

function claimPasses(claim, ask) {
  const { date, lang } = ARTICLES[claim.article];
  if (ask.outlet && ask.outlet !== outletOf(claim)) return false;
  if (ask.tongue && ask.tongue !== lang) return false;
  if (ask.speaker && !spoke(claim, ask.speaker)) return false;
  return date ? (!ask.since || date >= ask.since) && (!ask.until || date <= ask.until) : ask.undated;
}

function edgePasses(edge, ask, ofClaims) {
  if (TOGGLED.some((kind) => state.off[kind].has(edge[kind])) || edge.sources < state.min) return false;
  return !ofClaims || view.claims[edge.id].some((claim) => claimPasses(claim, ask));
}

/* All that is to be seen: statements, the lines that stand for them, and the nodes at their ends. */
function sceneOf(own) {
  const ask = asked(own);
  const ofClaims = asksOfClaims(ask);
  const kept = view.edges.filter((edge) => edgePasses(edge, ask, ofClaims));
  const edges = kept.filter(within(kept));
  const lines = linesOf(edges);
  const ends = new Set(lines.flatMap((line) => [line.from, line.to]));
  for (const { node } of [state.chosen || {}, state.ego || {}]) if (node !== undefined) ends.add(node);
  return { ask, edges, lines, ends };
}

/* What to keep to: what touches somebody, and with a second hop whom that reaches; else the weightiest names. */
function within(edges) {
  if (!state.ego) return state.whole ? () => true : (edge) => !view.nodes[edge.from].beyond && !view.nodes[edge.to].beyond;
  const found = new Set([state.ego.node]);
  const touches = (edge) => found.has(edge.from) || found.has(edge.to);
  if (state.ego.hops > 1) for (const edge of edges.filter(touches)) found.add(edge.from).add(edge.to);
  return touches;
}

function linesOf(edges) {
  const bundled = new Map();
  for (const edge of edges) bundled.set(edge.bundle, [...(bundled.get(edge.bundle) || []), edge]);
  return [...bundled].map(([id, own]) => ({ ...view.lines[id], edges: own, status: strongest(own), cases: sum(own.map((edge) => edge.cases)) }));
}

const beyond = () => view.nodes.filter((node) => node.beyond).length;

/* The statements of a line, the surest and best sourced first. */
const ranked = (edges) => [...edges].sort((a, b) => TERMS.order.status.indexOf(a.status) - TERMS.order.status.indexOf(b.status) || b.sources - a.sources || a.id - b.id);

/* How a line is called: by its first relation, and how many others it stands for. */
function lineName(line) {
  const names = [...new Set(ranked(line.edges).map((edge) => edge.relation))];
  return term("relation", names[0]) + (names.length > 1 ? ` +${names.length - 1}` : "");
}

/* Is anything asked for that the page does not begin with? */
function filters() {
  const usual = fresh();
  const differs = (key) => state[key] !== usual[key];
  return [
    state.ego && { text: fill(words()[`around_${state.ego.hops}`], { name: cut(nameOf(state.ego.node), LONGEST_LABEL) }), undo: () => { state.ego = null; } },
    !state.ego && !state.whole && beyond() && { text: fill(words().strongest, { n: number(view.nodes.length - beyond()) }), undo: () => { state.whole = true; } },
    ...CHOICES.filter(differs).map((key) => ({ text: choiceName(key, state[key]), undo: () => { state[key] = ""; } })),
    differs("min") && { text: fill(words().at_least, { n: state.min }), undo: () => { state.min = 1; } },
    (state.since || state.until || !state.undated) && { text: spanName(state), undo: () => Object.assign(state, { since: "", until: "", undated: true }) },
    ...["family", "status"].filter((kind) => state.off[kind].size).map((kind) => ({
      text: fill(words().hidden, { kind: words()[kind], n: state.off[kind].size }),
      undo: () => state.off[kind].clear() })),
  ].filter(Boolean);
}
