/* ---- reading: who somebody is, what is said about them, what they say, and when ---- */

const OTHER_NAMES = 8;
const BARS_OF_ONE = 36;

function nodePanel(id) {
  const entity = view.entities[id];
  const own = view.edges.filter((edge) => edge.from === id || edge.to === id);
  return [
    make("h2", { tabindex: -1, id: "what", title: nameOf(id) }, named(nameOf(id))),
    make("p", { class: "sub" }, whoIs(entity, view.nodes[id].home)),
    alsoNamed(entity), surroundings(id), ages(own), merged(entity), relations(own), asSpeaker(entity)];
}

const whoIs = (entity, home) => [
  term("class", entity.type),
  typeof home === "number" && fill(words().counts_for, { name: cut(nameOf(home), LONGEST_NAME) }),
  entity.iso, entity.qid, entity.known ? "" : words().unresolved].filter(Boolean).join(" · ");

function alsoNamed({ aliases, names }) {
  const others = [...Object.entries(names).filter(([lang]) => lang !== state.lang).map(([, name]) => name), ...(aliases || [])];
  const known = [...new Set(others)].filter((name) => name !== names[state.lang]).slice(0, OTHER_NAMES);
  return known.length ? make("p", { class: "also" }, words().also, " ", known.map((name, place) => [place ? ", " : "", named(name)])) : "";
}

/* Keep to what is around somebody, at one step or two. */
function surroundings(id) {
  const said = words();
  const pressed = (hops) => Boolean(state.ego && state.ego.node === id && state.ego.hops === hops);
  return make("div", { class: "buttons ego", role: "group", "aria-label": said.ego }, make("span", {}, said.ego), [1, 2].map((hops) => button(said[`hops_${hops}`], {
    "aria-pressed": String(pressed(hops)), "data-hops": hops,
    onclick: () => { state.ego = pressed(hops) ? null : { node: id, hops }; refresh(); fit(); at("panel").querySelector(`[data-hops="${hops}"]`).focus(); },
  })));
}

/* Claims about somebody over time, in the colours of what they are. */
function ages(own) {
  const dated = own.filter((edge) => edge.quad !== "structure").flatMap((edge) => view.claims[edge.id].map((claim) => ({ day: dateOf(claim), quad: edge.quad }))).filter(({ day }) => day);
  const { unit, bars: all } = barsOf(dated.map(({ day }) => day), BARS_OF_ONE);
  if (all.length < 2) return "";
  const counts = all.map(() => new Map());
  for (const { day, quad } of dated) { const bar = counts[barAt(all, day)]; bar.set(quad, (bar.get(quad) || 0) + 1); }
  const most = Math.max(...counts.map((bar) => sum([...bar.values()])));
  const [first, last] = [dayName(all[0].start, unit), dayName(all[all.length - 1].start, unit)];
  const text = fill(words().ages, { n: number(dated.length), first, last });
  return make("figure", { class: "own-ages" },
    make("svg:svg", { viewBox: `0 0 ${all.length} 100`, preserveAspectRatio: "none", role: "img", "aria-label": text }, counts.map((bar, place) => column(bar, place, most))),
    make("figcaption", {}, make("span", {}, first), make("span", {}, text), make("span", {}, last)));
}

function column(bar, place, most) {
  let top = 100;
  return TERMS.order.quad.filter((quad) => bar.has(quad)).map((quad) => {
    const tall = (bar.get(quad) / most) * 100;
    top -= tall;
    return make("svg:rect", { x: place + 0.08, width: 0.84, y: top, height: tall, fill: `var(--${quad})` });
  });
}

function merged(entity) {
  if (!entity.merged || !entity.merged.length) return "";
  return [make("h3", {}, words().counted_here), make("ul", { class: "list" }, entity.merged.map((one) => make("li", {}, named(one[state.lang]))))];
}

function relations(own) {
  const group = (quad) => own.filter((edge) => edge.quad === quad).sort((a, b) => b.sources - a.sources || a.id - b.id);
  return [make("h3", {}, words().relations, make("small", {}, ` ${number(own.length)}`)), TERMS.order.quad.filter((quad) => group(quad).length).map((quad) => [
    make("h4", {}, term("quad", quad), ` ${number(group(quad).length)}`), some(group(quad), relationButton, LINKS_AT_FIRST, (items) => make("ul", { class: "list" }, items))])];
}

/* What somebody says, denies or doubts: the claims themselves. */
function asSpeaker({ iri }) {
  const slug = slugOf(iri);
  const own = view.edges.flatMap((edge) => view.claims[edge.id].filter((claim) => claim.said.length && spoke(claim, slug)).map((claim) => ({ edge, claim })));
  if (!own.length) return "";
  return [make("h3", {}, words().speaks, make("small", {}, ` ${number(own.length)}`)), some(own, ({ edge, claim }) => make("div", { class: "spoken" },
    make("button", { type: "button", class: "link", onclick: () => choose({ edge: edge.id }) }, dot(edge.quad), sentence(edge)), claimCard(claim)), 5)];
}
