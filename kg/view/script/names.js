/* ---- names: always as large on the screen, and none drawn over another; what finds no room waits for a closer look ---- */

const ALONG = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
const NODE_TEXT = 14;
const LINE_TEXT = 11.5;
const ROOM_FOR_NAMES = 45; // more lines than that, and their names would hide them
const MOST_SIGNS = 250; // more lines than that are not all signed for their status
const BUTTONS = { x: 26, y: 75 }; // half of the corner that the buttons of the camera take
const LEAST_IN_THE_WAY = 4; // a node that is smaller on the screen may have a name over it
const LONGEST_HOME = 12; // letters of a state or body behind a name
const LEAST_CODE = 8.5; // of a node on the screen that has room for its ISO code

const namesShown = (scene) => state.names ?? scene.lines.length <= ROOM_FOR_NAMES;
const overlap = (a, b) => Math.abs(a.x - b.x) * 2 < a.w + b.w && Math.abs(a.y - b.y) * 2 < a.h + b.h;

/* Whoever stands under a state or body has its code, or its name, behind the own one. */
function calledBy(id) {
  const { home } = view.nodes[id];
  const own = cut(nameOf(id), LONGEST_LABEL);
  return typeof home === "number" ? `${own} (${view.entities[home].iso || cut(nameOf(home), LONGEST_HOME)})` : own;
}

function nameAt(pane, { x, y }) {
  const box = pane.placed.find((one) => one.what && Math.abs(one.x - x) < one.w / 2 && Math.abs(one.y - y) < one.h / 2);
  return box ? box.what : null;
}

/* Boxes that cover no other; those far away are not asked. */
function room(cell) {
  const cells = new Map();
  const covered = (box) => {
    const keys = [];
    for (let i = Math.floor((box.x - box.w / 2) / cell); i <= (box.x + box.w / 2) / cell; i += 1) {
      for (let j = Math.floor((box.y - box.h / 2) / cell); j <= (box.y + box.h / 2) / cell; j += 1) keys.push(`${i} ${j}`);
    }
    return keys;
  };
  return {
    free: (box) => !covered(box).some((key) => (cells.get(key) || []).some((other) => overlap(box, other))),
    take: (box) => { for (const key of covered(box)) cells.set(key, [...(cells.get(key) || []), box]); },
  };
}

function drawNames(pane, context) {
  const { network, scene } = pane;
  const scale = network.getScale();
  const close = closeBy(scene);
  const [from, to] = corners(pane);
  const seen = pane.nodes.get().filter(({ id }) => inSight(spot(pane, id), from, to, 60 / scale));
  const free = room(150 / scale);
  pane.placed = [];
  context.save();
  Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round" });
  const write = writer(context, { pane, scale, free });
  const first = (kind) => (a, b) => is(pane.hovered, kind, b.id) - is(pane.hovered, kind, a.id) || is(state.chosen, kind, b.id) - is(state.chosen, kind, a.id);
  const apart = (node) => state.chosen !== null && !close.has(node.id) && !is(pane.hovered, "node", node.id);
  if (pane === panes[0]) free.take({ x: from.x + BUTTONS.x / scale, y: to.y - BUTTONS.y / scale, w: (2 * BUTTONS.x) / scale, h: (2 * BUTTONS.y) / scale });
  const blocks = (nodes) => { for (const { id, size } of nodes) if (size * scale > LEAST_IN_THE_WAY) free.take({ ...spot(pane, id), w: size * 2, h: size * 2 }); };
  blocks(seen.filter((node) => !apart(node))); // what stepped back leaves its room to the names of what did not
  const told = scene.lines.filter((line) => !pane.large || marked(line) || is(pane.hovered, "line", line.id));
  let behind = false;
  for (const node of seen.sort((a, b) => first("node")(a, b) || apart(a) - apart(b) || b.size - a.size || a.id - b.id)) {
    if (!behind && apart(node)) {
      behind = true;
      for (const line of told.filter(marked)) writeLine(pane, line, write);
      blocks(seen.filter(apart));
    }
    nodeCode(context, pane, node, { scale, faded: apart(node) });
    write(calledBy(node.id), aroundNode(pane, node, scale), {
      size: NODE_TEXT, weight: view.nodes[node.id].size > 16 ? 600 : 400, colour: "ink", alpha: apart(node) ? 0.35 : node.opacity === 1 ? 1 : 0.45, what: { node: node.id },
    });
  }
  for (const line of told.filter((one) => !behind || !marked(one)).sort((a, b) => first("line")(a, b) || a.id - b.id)) writeLine(pane, line, write);
  context.restore();
}

const inSight = ({ x, y }, from, to, more) => x > from.x - more && y > from.y - more && x < to.x + more && y < to.y + more;

/* The ISO code of a state stands in its node, where the node is large enough on the screen. */
function nodeCode(context, pane, { id, size, opacity }, { scale, faded }) {
  const { iso, known } = view.entities[id];
  if (!iso || !known || size * scale < LEAST_CODE) return;
  const { x, y } = spot(pane, id);
  context.font = `600 ${size * 0.82}px ${fontFamily()}`;
  Object.assign(context, { globalAlpha: faded || opacity < 1 ? 0.35 : 1, fillStyle: shade("paper") });
  context.fillText(iso, x, y + size * 0.05);
}

const fontFamily = () => getComputedStyle(document.body).fontFamily;

function aroundNode(pane, { id, size }, scale) {
  const { x, y } = spot(pane, id);
  const away = size + (NODE_TEXT * 0.75) / scale;
  const aside = (width) => size * 0.7 + width * 0.5;
  return (width) => [
    { x, y: y + away }, { x, y: y - away }, { x: x + size + width * 0.52, y }, { x: x - size - width * 0.52, y },
    ...[[1, -0.8], [-1, -0.8], [1, 0.8], [-1, 0.8]].map(([right, down]) => ({ x: x + right * aside(width), y: y + down * away })),
  ];
}

function writeLine(pane, line, write) {
  const known = marked(line) || is(pane.hovered, "line", line.id);
  if (state.chosen !== null && !near(line) && !known) return;
  const text = [pane.scene.lines.length <= MOST_SIGNS || known ? LINES[line.status].sign : "", namesShown(pane.scene) || known ? lineName(line) : ""].filter(Boolean).join(" ");
  if (!text || !pane.network.body.edges[line.id]) return;
  write(text, () => alongLine(pane, line), { size: LINE_TEXT, weight: known ? 600 : 400, colour: known ? "ink" : "ink-soft", alpha: pane.common.has(line.id) ? 0.5 : 1, what: { line: line.id } });
}

function alongLine(pane, line) {
  if (line.from === line.to) { const { x, y } = spot(pane, line.from); return [{ x: x + 14, y: y - 60 }, { x, y: y - 85 }]; }
  return ALONG.map((place) => pane.network.body.edges[line.id].edgeType.getPoint(place));
}

/* Does the reader point at it, or has chosen it? Then its name is written even where it does not fit on the screen. */
const askedFor = ({ hovered }, what) => [hovered, state.chosen].some((one) => one !== null && (one.node ?? -1) === (what.node ?? -1) && (one.line ?? -1) === (what.line ?? -1));

/* Writes a text at the first of some spots where it covers nothing; what is chosen or under the pointer comes first. */
function writer(context, { pane, scale, free }) {
  const [family, halo] = [fontFamily(), shade("ground")];
  const [from, to] = corners(pane);
  const inside = ({ x, y, w, h }) => x - w / 2 > from.x && x + w / 2 < to.x && y - h / 2 > from.y && y + h / 2 < to.y;
  return (text, spots, { size, weight, colour, alpha, what }) => {
    context.font = `${weight} ${size / scale}px ${family}`;
    const w = context.measureText(text).width + 8 / scale;
    const h = (size * 1.3) / scale;
    const boxes = spots(w).map(({ x, y }) => ({ x, y, w, h })).filter(free.free);
    const box = boxes.find(inside) || (askedFor(pane, what) ? boxes[0] : undefined);
    if (!box) return;
    free.take(box);
    pane.placed.push({ ...box, what, text, size, weight, colour, alpha });
    Object.assign(context, { globalAlpha: alpha, strokeStyle: halo, lineWidth: 4 / scale, fillStyle: halo });
    if (what.node !== undefined) context.strokeText(text, box.x, box.y);
    else context.fillRect(box.x - w / 2, box.y - h / 2, w, h); // so that the line does not run through its letters
    context.fillStyle = shade(colour);
    context.fillText(text, box.x, box.y);
  };
}
