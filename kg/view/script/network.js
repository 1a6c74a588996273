/* ---- drawing: a pane is one network; a comparison has two ---- */

// How sure it is, told by the line alone (the ends of dashes are round); the network, its legend and its pictures draw from this one table.
const LINES = {
  Contested: { width: 5, dashes: [6, 13], twoTone: true, sign: "≠" },
  Corroborated: { width: 6 },
  Reported: { width: 2.6 },
  Alleged: { width: 1 },
  Denied: { width: 2.2, dashes: [10, 7], opacity: 0.45, sign: "✕" },
  Negated: { width: 2.2, dashes: [10, 4, 2, 4], opacity: 0.45, sign: "¬" },
  Prospective: { width: 2.6, dashes: [2, 6] },
  Rejected: { width: 1, dashes: [2, 10], opacity: 0.25, sign: "✗" },
};
const WIDEST = 1.8; // times as wide as the line of one case
const BARELY_BENT = { enabled: true, type: "curvedCW", roundness: 0.01 }; // vis draws no second colour under a straight line
const OPTIONS = {
  autoResize: false, // vis would change the scale with the size
  physics: { enabled: false },
  layout: { improvedLayout: false },
  interaction: { hoverConnectedEdges: false, selectable: false, selectConnectedEdges: false, tooltipDelay: 1e9, keyboard: { enabled: true, bindToWindow: false } },
  nodes: { shadow: false },
  edges: { arrows: { to: { scaleFactor: 0.55 } }, arrowStrikethrough: false, hoverWidth: 1, selectionWidth: 0, selfReference: { size: 26 }, shadow: false },
};
const SLOW = 1200; // lines that cannot all be drawn anew while the network is dragged

const panes = [];
const is = (what, kind, id) => what !== null && what[kind] === id;
const lineWidth = (line) => LINES[line.status].width * Math.min(1 + Math.log2(Math.max(line.cases, 1)) / 5, WIDEST) * magnified;
let magnified = 1; // a large network is seen from afar: what is drawn is so much larger

/* Does a line concern what is chosen? */
function near(line) {
  const { edge, line: id, node } = state.chosen;
  if (edge !== undefined) return view.edges[edge].bundle === line.id;
  return id === line.id || (node !== undefined && (line.from === node || line.to === node));
}
const marked = (line) => state.chosen !== null && state.chosen.node === undefined && near(line);

/* The nodes that what is chosen concerns. */
function closeBy(scene) {
  if (state.chosen === null) return new Set();
  const own = state.chosen.node === undefined ? [] : [state.chosen.node];
  return new Set([...own, ...scene.lines.filter(near).flatMap((line) => [line.from, line.to])]);
}

function lineLook(line, pale) {
  const { dashes, twoTone, opacity } = LINES[line.status];
  const colour = shade(line.quad);
  const width = Math.round(lineWidth(line) * 10) / 10 + (marked(line) ? 1.5 : 0);
  return {
    id: line.id, from: line.from, to: line.to, arrows: line.arrows,
    smooth: twoTone && !line.smooth.enabled ? BARELY_BENT : line.smooth,
    width, dashes: dashes ? dashes.map((long) => long * magnified) : false,
    color: { color: colour, highlight: colour, hover: colour, opacity: (opacity || 1) * (pale ? 0.25 : 1) },
    background: { enabled: Boolean(twoTone) && !pale, color: shade("contest"), size: width, dashes: false },
  };
}

function nodeLook(id, ghost) {
  const { known, family } = view.entities[id];
  const { x, y, size, shape } = view.nodes[id];
  const colour = shade(`class-${family}`);
  const bright = { background: colour, border: shade("ink") };
  return {
    id, x, y, size: size * magnified, shape, opacity: ghost ? 0.25 : 1,
    borderWidth: known ? 1.5 : 2, // on the screen: vis divides it by the scale, but not the dashes, and their ends are round
    shapeProperties: { borderDashes: known ? false : [2 * magnified, 5 * magnified] },
    color: { background: known ? colour : shade("ground"), border: known ? shade("ground") : colour, highlight: bright, hover: bright },
  };
}

/* Bring a set of vis to what it should hold; only what differs is touched. */
function sync(set, looks, wanted) {
  const gone = [...looks.keys()].filter((id) => !wanted.has(id));
  const changed = [];
  for (const [id, look] of wanted) {
    const text = JSON.stringify(look);
    if (looks.get(id) !== text) changed.push(look);
    looks.set(id, text);
  }
  for (const id of gone) looks.delete(id);
  if (gone.length) set.remove(gone);
  if (changed.length) set.update(changed);
}

/* Draw scenes into the panes there are; all have the same nodes, so that they have the same layout. */
function paint(scenes) {
  const ends = new Set(scenes.flatMap((scene) => [...scene.ends]));
  const common = scenes.length > 1 ? new Set(scenes[0].lines.map((line) => line.id).filter((id) => scenes[1].lines.some((line) => line.id === id))) : new Set();
  scenes.forEach((scene, place) => {
    const pane = panes[place] || makePane(place);
    Object.assign(pane, { scene, common, turning: true });
    pane.canvas.setAttribute("aria-label", words().canvas);
    const lines = new Map(scene.lines.map((line) => [line.id, lineLook(line, common.has(line.id))]));
    sync(pane.edges, pane.looks.edges, new Map([...lines].filter(([id]) => pane.looks.edges.has(id)))); // no line without its ends
    sync(pane.nodes, pane.looks.nodes, new Map([...ends].sort((a, b) => a - b).map((id) => [id, nodeLook(id, scenes.length > 1 && !scene.ends.has(id))])));
    sync(pane.edges, pane.looks.edges, lines);
    pane.turning = false; // meanwhile no name has a place
    const large = scene.lines.length > SLOW;
    if (!pane.network) start(pane, large); // it draws itself
    else { ease(pane, large); pane.network.redraw(); }
  });
}

/* Spare a large network what costs much at every move. */
const spared = (large) => ({ ...OPTIONS.interaction, hideEdgesOnDrag: large, hideEdgesOnZoom: large, hover: !large });

function ease(pane, large) {
  if (pane.large !== large) pane.network.setOptions({ interaction: spared(large) });
  pane.large = large;
}

/* Empty the panes: the other network has other nodes under the same numbers. */
function clearPanes() {
  for (const pane of panes) {
    pane.turning = true;
    sync(pane.edges, pane.looks.edges, new Map());
    sync(pane.nodes, pane.looks.nodes, new Map());
    pane.hovered = null;
  }
}

function makePane(place) {
  const canvas = make("div", { id: place ? "other" : "canvas", class: "canvas", role: "img" });
  const caption = make("p", { class: "caption" });
  at("panes").append(make("div", { class: "pane" }, caption, canvas));
  panes[place] = {
    canvas, caption, nodes: new vis.DataSet(), edges: new vis.DataSet(), looks: { nodes: new Map(), edges: new Map() },
    network: null, scene: null, common: new Set(),
    hovered: null, placed: [], turning: true, large: false, before: null };
  return panes[place];
}

function closePane() {
  const [pane] = panes.splice(1, 1);
  if (!pane) return;
  watch.unobserve(pane.canvas);
  pane.network.destroy();
  pane.canvas.parentElement.remove();
}

function start(pane, large) {
  const { canvas } = pane;
  pane.large = large;
  pane.network = new vis.Network(canvas, { nodes: pane.nodes, edges: pane.edges }, { ...OPTIONS, interaction: spared(large) });
  pane.network.on("click", ({ pointer }) => choose(under(pane, pointer)));
  for (const kind of ["Edge", "Node"]) {
    pane.network.on(`hover${kind}`, ({ node, edge }) => hover(pane, node !== undefined ? { node } : { line: edge }));
    pane.network.on(`blur${kind}`, () => hover(pane, null));
  }
  pane.network.on("dragEnd", () => keepPlaces(pane));
  for (const event of ["dragging", "dragEnd", "zoom"]) pane.network.on(event, () => follow(pane));
  pane.network.on("beforeDrawing", (context) => { if (!pane.turning) drawLoops(pane, context); });
  pane.network.on("afterDrawing", (context) => { if (!pane.turning) afterDrawing(pane, context); });
  watch.observe(canvas);
}

function under(pane, { DOM, canvas }) {
  const node = pane.network.getNodeAt(DOM);
  if (node !== undefined) return { node };
  const name = nameAt(pane, canvas);
  if (name) return name;
  const line = pane.network.getEdgeAt(DOM);
  return line === undefined ? null : { line };
}

function hover(pane, what) {
  pane.hovered = what;
  pane.canvas.classList.toggle("over", what !== null);
  pane.network.redraw();
}

/* Where nodes were put by hand or by forces, they stay. */
function keepPlaces(pane) {
  for (const [id, place] of Object.entries(pane.network.getPositions())) Object.assign(view.nodes[id], place);
  for (const other of panes) if (other !== pane && other.network) other.nodes.update(Object.entries(pane.network.getPositions()).map(([id, place]) => ({ id: Number(id), ...place })));
}

/* The layout's forces, on demand; the page is at rest without. */
function loosen(on) {
  state.loose = on;
  const [pane] = panes;
  pane.network.setOptions({ physics: { enabled: on, solver: "barnesHut", barnesHut: { springLength: 170, gravitationalConstant: -9000, avoidOverlap: 0.4 }, stabilization: false } });
  if (!on) keepPlaces(pane);
}

const circleOf = (pane, id) => pane.network.body.edges[id].edgeType._getCircleData();

/* The second colour of a contested line from a node to itself: vis draws none under a circle. */
function drawLoops(pane, context) {
  for (const line of pane.scene.lines.filter(({ from, to, status }) => from === to && LINES[status].twoTone)) {
    const [x, y, r] = circleOf(pane, line.id);
    Object.assign(context, { strokeStyle: shade("contest"), lineWidth: lineWidth(line) });
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    context.stroke();
  }
}

/* What is chosen stands out: a veil over everything, and what is near once more above it. */
function afterDrawing(pane, context) {
  const { body } = pane.network;
  if (state.chosen !== null) {
    veil(pane, context);
    const lines = pane.scene.lines.filter(near).map((line) => body.edges[line.id]).filter(Boolean);
    for (const line of lines) line.draw(context);
    for (const line of lines) line.drawArrows(context);
    for (const id of closeBy(pane.scene)) if (body.nodes[id]) body.nodes[id].draw(context);
  }
  drawNames(pane, context);
}

function veil(pane, context) {
  const [a, b] = corners(pane);
  context.save();
  Object.assign(context, { globalAlpha: 0.74, fillStyle: shade("ground") });
  context.fillRect(a.x, a.y, b.x - a.x, b.y - a.y);
  context.restore();
}

/* The corners of what is seen, in the network's own measure. */
const corners = ({ network, canvas }) => [network.DOMtoCanvas({ x: 0, y: 0 }), network.DOMtoCanvas({ x: canvas.clientWidth, y: canvas.clientHeight })];
