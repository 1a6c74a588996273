/* ---- pictures of what is seen, and files to take away ---- */

const STRIP = 46; // below the picture: its title and what the colours mean
const round = (value) => Math.round(value * 10) / 10;

function save(name, type, content) {
  const link = make("a", { href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
}

/* Draw what the panes show as SVG, every text escaped by the serialiser. */
function picture() {
  const [wide, high] = [sum(panes.map(({ canvas }) => canvas.clientWidth)), panes[0].canvas.clientHeight];
  const ground = make("svg:rect", { width: wide, height: high + STRIP, fill: shade("ground") });
  let left = 0;
  const drawn = panes.map((pane, place) => {
    const clip = make("svg:clipPath", { id: `pane-${place}` }, make("svg:rect", { width: pane.canvas.clientWidth, height: high }));
    const group = make("svg:g", { transform: `translate(${left} 0)`, "clip-path": `url(#pane-${place})` }, drawnPane(pane));
    left += pane.canvas.clientWidth;
    return [clip, group];
  });
  return make("svg:svg", {
    xmlns: SVG, width: wide, height: high + STRIP, viewBox: `0 0 ${wide} ${high + STRIP}`,
    "font-family": "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif", lang: state.lang },
    make("svg:title", {}, document.title), ground, drawn, strip(wide, high));
}

const written = (svg) => new XMLSerializer().serializeToString(svg);

function drawnPane(pane) {
  const { x, y } = pane.network.canvasToDOM({ x: 0, y: 0 });
  const scale = pane.network.getScale();
  const close = closeBy(pane.scene);
  const pale = (off) => (state.chosen !== null && off ? 0.2 : 1);
  return make("svg:g", { transform: `translate(${round(x)} ${round(y)}) scale(${Math.round(scale * 1e4) / 1e4})` },
    pane.scene.lines.map((line) => drawnLine(pane, line, pale(state.chosen !== null && !near(line)))),
    pane.nodes.get().map((node) => drawnNode(pane, node, { alpha: pale(!close.has(node.id)), scale })),
    pane.placed.map((box) => drawnName(box, scale)));
}

function drawnLine(pane, line, alpha) {
  const { edgeType } = pane.network.body.edges[line.id];
  const look = lineLook(line, pane.common.has(line.id));
  const via = edgeType.getViaNode();
  const [from, to] = [spot(pane, line.from), edgeType.toPoint || spot(pane, line.to)];
  const d = line.from === line.to ? loop(pane, line) : `M${round(from.x)} ${round(from.y)}${via ? `Q${round(via.x)} ${round(via.y)} ` : "L"}${round(to.x)} ${round(to.y)}`;
  const stroke = (colour, dashes) => make("svg:path", {
    d, fill: "none", stroke: colour, "stroke-width": look.width,
    "stroke-dasharray": dashes ? dashes.join(" ") : null, "stroke-linecap": dashes ? "round" : null });
  return make("svg:g", { opacity: Math.round(look.color.opacity * alpha * 100) / 100 },
    make("svg:title", {}, `${nameOf(line.from)} – ${lineName(line)} – ${nameOf(line.to)}: ${term("status", line.status)}`),
    look.background.enabled ? stroke(look.background.color) : null, stroke(look.color.color, look.dashes), line.arrows && line.from !== line.to ? head(pane, line, via || from, look) : null);
}

/* A line from a node to itself. */
function loop(pane, { id }) {
  const [x, y, r] = circleOf(pane, id);
  return `M${round(x - r)} ${round(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

/* The head of an arrow, where the line meets the node. */
function head(pane, line, via, look) {
  const { x, y } = spot(pane, line.to);
  const turn = Math.atan2(y - via.y, x - via.x);
  const [long, away] = [15 * 0.55 + 1.65 * look.width, pane.nodes.get(line.to).size + 1];
  const point = (back, side) => `${round(x - (away + back) * Math.cos(turn) - side * Math.sin(turn))} ${round(y - (away + back) * Math.sin(turn) + side * Math.cos(turn))}`;
  return make("svg:path", { d: `M${point(0, 0)}L${point(long, long * 0.35)}L${point(long, -long * 0.35)}Z`, fill: look.color.color });
}

function drawnNode(pane, node, { alpha, scale }) {
  const { x, y } = spot(pane, node.id);
  const { known: identified, iso: code } = view.entities[node.id];
  return make("svg:g", { opacity: node.opacity * alpha },
    make("svg:path", {
      d: outline(node.shape, round(x), round(y), node.size), fill: node.color.background, stroke: node.color.border,
      "stroke-width": round(node.borderWidth / scale), "stroke-dasharray": identified ? null : node.shapeProperties.borderDashes.join(" "), "stroke-linecap": "round" },
      make("svg:title", {}, nameOf(node.id))),
    code && identified ? make("svg:text", { x: round(x), y: round(y + node.size * 0.33),
      "font-size": round(node.size * 0.82), "font-weight": 600, "text-anchor": "middle", fill: shade("paper") }, code) : null);
}

function drawnName({ x, y, w, h, text, size, weight, colour, alpha, what }, scale) {
  const plate = what.line === undefined ? null : make("svg:rect", { x: round(x - w / 2), y: round(y - h / 2), width: round(w), height: round(h), fill: shade("ground") });
  return make("svg:g", { opacity: alpha }, plate, make("svg:text", {
    x: round(x), y: round(y + (size * 0.35) / scale), "font-size": round(size / scale), "font-weight": weight, "text-anchor": "middle",
    fill: shade(colour), stroke: shade("ground"), "stroke-width": round(4 / scale), "paint-order": "stroke", "stroke-linejoin": "round",
  }, text));
}

/* The strip below a picture: title, how much is shown, and the colours. */
function strip(wide, high) {
  const text = (x, y, size, value, more) => make("svg:text", { x, y, "font-size": size, fill: shade("ink"), ...more }, value);
  const quads = TERMS.order.quad.filter((quad) => panes.some((pane) => pane.scene.lines.some((line) => line.quad === quad)));
  let left = 14;
  const key = quads.map((quad) => {
    const place = left;
    left += 34 + term("quad", quad).length * 6.6;
    return [make("svg:rect", { x: place, y: high + 31, width: 14, height: 5, fill: shade(quad) }), text(place + 19, high + 37, 11, term("quad", quad))];
  });
  return make("svg:g", {}, make("svg:line", { x1: 0, x2: wide, y1: high, y2: high, stroke: shade("rule") }),
    text(14, high + 20, 14, cut(document.title, 90), { "font-weight": 600 }), text(wide - 14, high + 20, 11, at("count").textContent, { "text-anchor": "end" }), key);
}

const saveSvg = () => save("graph.svg", "image/svg+xml", `<?xml version="1.0" encoding="UTF-8"?>\n${written(picture())}\n`);

/* The same picture in points, twice as fine as on the screen. */
async function savePng() {
  const svg = picture();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(written(svg))}`;
  await image.decode();
  const canvas = make("canvas", { width: svg.getAttribute("width") * 2, height: svg.getAttribute("height") * 2 });
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.drawImage(image, 0, 0);
  save("graph.png", "image/png", await new Promise((done) => { canvas.toBlob(done, "image/png"); }));
}

const EXPORTS = { png: savePng, svg: saveSvg, verdicts: () => save("verdicts.csv", "text/csv", verdictFile()) };
