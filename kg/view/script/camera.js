/* ---- the camera: it moves when the reader moves it, and when what is chosen would be out of sight ---- */

const RIM = { x: Math.min(75, innerWidth / 9), y: 60 }; // room for the names at the edge
const MARGIN = 40;
const CLOSEST = 1.3; // that all is shown at
const MOST_MAGNIFIED = 1.7;

/* The part of a pane that no panel covers, on the screen. */
function clearing(pane) {
  const own = pane.canvas.getBoundingClientRect();
  const over = at("panel").hidden ? null : at("panel").getBoundingClientRect();
  const room = { left: 0, top: 0, right: own.width, bottom: own.height };
  if (over && over.width < innerWidth * 0.8) room.right = Math.max(own.width * 0.3, Math.min(room.right, over.left - own.left));
  else if (over) room.bottom = Math.max(own.height * 0.3, Math.min(room.bottom, over.top - own.top));
  return room;
}

function frame(places) {
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [left, right, top, bottom] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b)), ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))];
  return { left, right, top, bottom, x: (left + right) / 2, y: (top + bottom) / 2 };
}

const spot = (pane, id) => ({ x: pane.network.body.nodes[id].x, y: pane.network.body.nodes[id].y });

/* How large a frame may be drawn in some room. */
const scaleFor = ({ left, right, top, bottom }, room, largest) =>
  Math.max(0.02, Math.min((room.right - room.left - RIM.x * 2) / (right - left),
  (room.bottom - room.top - RIM.y * 2) / (bottom - top), largest));

/* Show all that is drawn, or only some nodes, in the part that is clear. */
function fit(some, largest = CLOSEST) {
  for (const pane of panes) {
    const ids = pane.nodes.getIds().filter((id) => !some || some.has(id));
    if (!ids.length) continue;
    pane.network.setSize("100%", "100%");
    const box = frame(ids.map((id) => spot(pane, id)));
    const scale = scaleFor(box, clearing(pane), largest);
    if (pane === panes[0] && !some && magnify(scale)) paint(panes.map((one) => one.scene));
    look(pane, box, scale);
    pane.before = null;
  }
}

/* Draw nodes and lines larger where all is seen from afar. */
function magnify(scale) {
  const wanted = Math.round(Math.max(1, Math.min(0.85 / scale, MOST_MAGNIFIED)) * 10) / 10;
  const changes = wanted !== magnified;
  magnified = wanted;
  return changes;
}

/* Before anything is drawn: as large as it is going to be. */
function foresee() {
  const places = [...sceneOf().ends].map((id) => view.nodes[id]);
  const { clientWidth: right, clientHeight: bottom } = at("stage");
  if (places.length) magnify(scaleFor(frame(places), { left: 0, top: 0, right, bottom }, CLOSEST));
}

/* Look at a place: it comes to the middle of what is clear. */
function look(pane, { x, y }, scale) {
  const { clientWidth, clientHeight } = pane.canvas;
  const room = clearing(pane);
  const [dx, dy] = [(room.left + room.right - clientWidth) / 2 / scale, (room.top + room.bottom - clientHeight) / 2 / scale];
  pane.network.moveTo({ position: { x: x - dx, y: y - dy }, scale });
}

/* Bring nodes into sight by the shortest way; where they are in sight already, nothing moves. */
function reveal(pane, ids) {
  const places = [...ids].filter((id) => pane.network.body.nodes[id]).map((id) => spot(pane, id));
  if (!places.length) return;
  const box = frame(places);
  const room = clearing(pane);
  const scale = pane.network.getScale();
  const [a, b] = [pane.network.canvasToDOM({ x: box.left, y: box.top }), pane.network.canvasToDOM({ x: box.right, y: box.bottom })];
  const [dx, dy] = [astray(a.x, b.x, room.right), astray(a.y, b.y, room.bottom)];
  if (!dx && !dy) return;
  pane.before = pane.before || { position: pane.network.getViewPosition(), scale };
  const [wide, high] = [room.right - MARGIN * 2, room.bottom - MARGIN * 2];
  const { x, y } = pane.network.getViewPosition();
  if (b.x - a.x > wide || b.y - a.y > high) look(pane, box, Math.max(0.02, Math.min(scale, wide / (box.right - box.left || 1), high / (box.bottom - box.top || 1))));
  else pane.network.moveTo({ position: { x: x + dx / scale, y: y + dy / scale }, scale });
}

/* How far a stretch lies outside of what is clear: before it (less than 0), behind it, or not. */
const astray = (from, to, end) => (from < MARGIN ? from - MARGIN : to > end - MARGIN ? to - end + MARGIN : 0);

/* When nothing is chosen any more, look again where the reader looked before, unless they have moved since. */
function lookBack() {
  for (const pane of panes) {
    if (pane.before) pane.network.moveTo(pane.before);
    pane.before = null;
  }
}

/* The panes of a comparison look at the same place. */
function follow(pane) {
  pane.before = null;
  for (const other of panes) {
    if (other !== pane && other.network) other.network.moveTo({ position: pane.network.getViewPosition(), scale: pane.network.getScale() });
  }
}

function zoom(factor) {
  for (const pane of panes) pane.before = null;
  for (const pane of panes) pane.network.moveTo({ scale: pane.network.getScale() * factor });
}

/* A pane that changes its size keeps what is in its middle, and the scale. */
const watch = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    const pane = panes.find(({ canvas }) => canvas === target);
    if (!pane || !pane.network || !target.clientWidth) continue;
    const [position, scale] = [pane.network.getViewPosition(), pane.network.getScale()];
    pane.network.setSize("100%", "100%");
    pane.network.moveTo({ position, scale });
    pane.network.redraw();
  }
});
