/* ---- the legend, which is the filter too ---- */

function sample(colour, status) {
  const line = LINES[status];
  const y = 8;
  const stroke = (shadeName, dashes) => make("svg:line", {
    x1: 1, x2: 35, y1: y, y2: y, "stroke-width": line.width,
    stroke: `var(--${shadeName})`, "stroke-dasharray": dashes ? dashes.join(" ") : null, "stroke-opacity": line.opacity || null,
  });
  return make("svg:svg", { width: 36, height: 16, "aria-hidden": "true" },
    line.twoTone ? stroke("contest", null) : null, stroke(colour, line.dashes));
}

function toggles(kind, picture) {
  const present = new Set(view.edges.map((edge) => edge[kind]));
  return TERMS.order[kind].filter((name) => present.has(name)).map((name) => make("label", { class: "toggle" },
    make("input", {
      type: "checkbox", name: `${kind}:${name}`, checked: !state.off[kind].has(name),
      onchange: ({ target }) => {
        state.off[kind][target.checked ? "delete" : "add"](name);
        refresh();
        if (name === "structure") fit();
      },
    }),
    picture(name),
    make("span", {}, term(kind, name)),
    make("small", {}, String(view.edges.filter((edge) => edge[kind] === name).length))));
}

function shapes() {
  const drawn = {
    dot: "M8 2a6 6 0 1 0 .01 0z", triangle: "M8 2l6 11H2z", triangleDown: "M8 14L2 3h12z", square: "M3 3h10v10H3z",
    diamond: "M8 1l6 7-6 7-6-7z", star: "M8 1l2 5h5l-4 3 2 6-5-4-5 4 2-6-4-3h5z", hexagon: "M4.5 2h7L15 8l-3.500 6h-7L1 8z",
  };
  const present = new Set(view.entities.map((entity) => entity.family));
  return TERMS.order.class.filter((name) => present.has(name)).map((name) => make("li", {},
    make("svg:svg", { width: 16, height: 16, "aria-hidden": "true" }, make("svg:path", { d: drawn[TERMS.shape[name]], fill: `var(--class-${name})` })),
    make("span", {}, term("class", name))));
}

function legend() {
  const said = words();
  at("legend").setAttribute("aria-label", said.legend);
  const open = at("legend").querySelector("details");
  at("legend").replaceChildren(make("details", { open: open ? open.open : innerWidth > 800 },
    make("summary", {}, said.legend),
    make("fieldset", {}, make("legend", {}, said.colours), toggles("quad", (name) => sample(name, "Corroborated"))),
    make("fieldset", {}, make("legend", {}, said.lines), toggles("status", (name) => sample("material-cooperation", name))),
    make("label", { class: "toggle" },
      make("input", { type: "checkbox", name: "names", checked: state.names, onchange: ({ target }) => { state.names = target.checked; refresh(); } }),
      make("span", {}, said.names)),
    DATA.rolled ? make("label", { class: "toggle" },
      make("input", { type: "checkbox", name: "roll_up", checked: view === DATA.rolled, onchange: ({ target }) => turn(target.checked) }),
      make("span", {}, said.roll_up)) : null,
    make("h2", {}, said.people), make("ul", { class: "shapes" }, shapes())));
}
