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

// Dragging over the bars of time narrows the list to that stretch; each bar is a link without it.

for (const picture of document.querySelectorAll("svg.histogram")) {
  const bars = [...picture.querySelectorAll("a[data-since]")];
  let from = null;
  let shade = null;

  const barAt = (event) => {
    const box = picture.getBoundingClientRect();
    const place = Math.floor(((event.clientX - box.left) / box.width) * bars.length);
    return Math.min(bars.length - 1, Math.max(0, place));
  };
  const show = (to) => {
    const [a, b] = [Math.min(from, to), Math.max(from, to)];
    const first = bars[a].querySelector(".cell");
    const last = bars[b].querySelector(".cell");
    const left = Number(first.getAttribute("x"));
    shade ??= picture.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "rect"));
    shade.setAttribute("class", "dragged");
    shade.setAttribute("x", left);
    shade.setAttribute("y", 0);
    shade.setAttribute("width", Number(last.getAttribute("x")) + Number(last.getAttribute("width")) - left);
    shade.setAttribute("height", first.getAttribute("height"));
  };
  const end = () => {
    shade?.remove();
    from = shade = null;
  };

  picture.addEventListener("dragstart", (event) => event.preventDefault());
  picture.addEventListener("pointerdown", (event) => {
    if (event.button === 0) from = barAt(event);
  });
  picture.addEventListener("pointermove", (event) => {
    if (from !== null && (shade || barAt(event) !== from)) show(barAt(event));
  });
  document.addEventListener("pointerup", (event) => {
    const to = from === null || !shade ? null : barAt(event);
    const start = from;
    end();
    if (to === null) return;
    const there = new URL(bars[start].getAttribute("href"), location.href);
    there.searchParams.set("since", bars[Math.min(start, to)].dataset.since);
    there.searchParams.set("until", bars[Math.max(start, to)].dataset.until);
    // The click that follows would open the bar under the pointer.
    picture.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
    location.assign(there);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end();
  });
}

// Keys: from claim to claim, and what a person decides of the one that has the focus. Every key presses a button that is there.

const accounts = [...document.querySelectorAll("li.account[tabindex]")];
const judged = document.querySelector("[data-judged]");

function reached(step) {
  const at = accounts.indexOf(document.activeElement?.closest?.("li.account"));
  const next = accounts[at < 0 && step < 0 ? -1 : at + step];
  if (!next) return;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const place = judged ?? document.activeElement?.closest?.("li.account");
  const button = place?.querySelector(`[data-key="${key}"]`);
  if (button) button.click();
}

if (accounts.length || judged) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") reached(1);
    else if (event.key === "k") reached(-1);
    else if (event.key === "n" && judged) {
      event.preventDefault();
      document.getElementById("f-note")?.focus();
    } else if (event.key === "?") {
      const list = document.querySelector("details.keys");
      list.open = !list.open;
      if (list.open) list.querySelector("summary").focus();
    } else if (/^[a-z]$/.test(event.key)) press(event.key);
  });
  // After a judgement the page comes back to its claim: keys go on from there.
  const here = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  here?.closest?.("li.account")?.focus();
}

for (const button of document.querySelectorAll("button.copy")) {
  const words = button.parentElement.querySelector(".citation");
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.closest("details").open = true;
    try {
      await navigator.clipboard.writeText(words.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(words);
      button.textContent = "Marked: copy it";
    }
  });
}
