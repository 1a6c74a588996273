/* ---- what the reader thinks of a claim; kept in this browser, exported as verdicts.csv ---- */

const VERDICTS = ["confirm", "reject"];
const SHELF = "kg verdicts";
const verdicts = new Map(remembered());

function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(SHELF) || "[]");
    return kept.filter(([claim, one]) => typeof claim === "string" && one && typeof one.note === "string");
  } catch { return []; } // a browser may keep nothing
}

function judge(claim, change) {
  const now = { verdict: "", note: "", ...verdicts.get(claim), ...change };
  if (now.verdict || now.note) verdicts.set(claim, now);
  else verdicts.delete(claim);
  try { localStorage.setItem(SHELF, JSON.stringify([...verdicts])); } catch { /* it is exported all the same */ }
  showVerdicts();
}

/* What was decided on a claim when the page was made. */
function ruled({ ruling }) {
  if (!ruling) return "";
  const said = words();
  const told = [
    ruling.verdict && said[`ruled_${ruling.verdict}`],
    ruling.fields.length ? fill(said.ruled_amend, { fields: ruling.fields.map((name) => said.field[name] || name).join(", ") }) : "",
    ruling.note];
  return make("p", { class: "ruled", dir: "auto" }, told.filter(Boolean).join(" · "));
}

function judging(claim) {
  const said = words();
  const now = verdicts.get(claim.iri) || { verdict: "", note: "", ...claim.ruling };
  const note = make("textarea", {
    rows: 2, hidden: !now.note, "aria-label": said.note, placeholder: said.note_hint, maxlength: 2000,
    oninput: ({ target }) => judge(claim.iri, { note: target.value.trim() }) }, now.note);
  const buttons = VERDICTS.map((verdict) => button(said[verdict], { class: verdict, "aria-pressed": String(now.verdict === verdict), onclick: ({ target }) => {
    const on = target.getAttribute("aria-pressed") !== "true";
    for (const one of buttons) one.setAttribute("aria-pressed", String(on && one === target));
    judge(claim.iri, { verdict: on ? verdict : "" });
  } }));
  const write = button(said.note, { "aria-expanded": String(!note.hidden), onclick: () => { note.hidden = false; write.setAttribute("aria-expanded", "true"); note.focus(); } });
  return make("div", { class: "judging", role: "group", "aria-label": said.verdict }, buttons, write, note);
}

const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

/* The verdicts as rows; a note alone is a row of its own kind. */
function verdictRows() {
  return [...verdicts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([claim, { verdict, note }]) => [`claim:${claim.split("/").pop()}`, verdict || "note", "", "", note]);
}

const verdictFile = () => [["claim", "verdict", "field", "value", "note"], ...verdictRows()].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");

function showVerdicts() {
  const save = at("tools").querySelector("[data-export=verdicts]");
  save.disabled = !verdicts.size;
  save.textContent = fill(words().save_verdicts, { n: number(verdicts.size) });
}
