// Lights what belongs to a claim while its note, its number or its words are pointed at or focused. Pages work without.

const pieces = new Map(); // claim number -> [element, part]
for (const element of document.querySelectorAll("[data-c]")) {
  for (const pair of element.dataset.c.split(" ")) {
    const [number, part] = pair.split(":");
    if (!pieces.has(number)) pieces.set(number, []);
    pieces.get(number).push([element, part]);
  }
}

let lit = null;

function light(number) {
  if (number === lit) return;
  for (const [element] of pieces.get(lit) ?? []) delete element.dataset.lit;
  document.getElementById(`n${lit}`)?.classList.remove("lit");
  lit = number;
  for (const [element, part] of pieces.get(lit) ?? []) {
    element.dataset.lit = element.dataset.lit ? `${element.dataset.lit} ${part}` : part;
  }
  document.getElementById(`n${lit}`)?.classList.add("lit");
}

// The claim that an element stands for: its note, or the event word in it, or else the first it belongs to.
function claimOf(target) {
  const note = target.closest?.("[data-claim]");
  if (note) return note.dataset.claim;
  const pairs = target.closest?.("[data-c]")?.dataset.c.split(" ") ?? [];
  const pair = pairs.find((p) => p.endsWith(":trigger")) ?? pairs[0];
  return pair ? pair.split(":")[0] : null;
}

if (pieces.size) {
  document.addEventListener("pointerover", (event) => light(claimOf(event.target)));
  document.addEventListener("focusin", (event) => light(claimOf(event.target)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return light(null);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const note = document.activeElement?.closest?.(".note");
    if (!step || !note) return;
    const notes = [...document.querySelectorAll(".note")];
    const next = notes[notes.indexOf(note) + step];
    if (!next) return;
    event.preventDefault();
    next.querySelector("a").focus();
  });
}
