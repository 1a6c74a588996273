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
