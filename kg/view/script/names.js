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
