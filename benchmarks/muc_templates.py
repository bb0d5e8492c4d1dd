"""From claims to the incident templates of MUC-4, with how far a dispatch holds an organisation responsible.

    python benchmarks/muc_templates.py [--train CODED.jsonl --test CODED.jsonl] [--data FOLDER]

Codes the dispatches of the MUC-4 corpus (or takes them as `reportedly code` gave them), turns the claims that share a
local incident into candidate templates, learns from the keys of part DEV which of them the task wants and which
parties belong into them, and scores the templates of the other parts. What the task wants is not what a ledger wants:
battles, old and foreign incidents and those of no civilian interest have no template, and no claim says so.

How sure an organisation's part is comes from the claims alone: who answers for them, and how certain they are there.
The corpus is not part of the project: where it is absent this says so and does nothing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import math
import random
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared" / "bench"
OUT = ROOT / "bench-out"

Record = dict[str, Any]
Example = tuple[list[str], bool]

COUNTRIES = {
    "ARG": "ARGENTINA", "BOL": "BOLIVIA", "CHL": "CHILE", "COL": "COLOMBIA", "ECU": "ECUADOR", "SLV": "EL SALVADOR",
    "GTM": "GUATEMALA", "HND": "HONDURAS", "PER": "PERU",
}  # fmt: skip
ROLES = ("perpetrators", "perp_orgs", "targets", "victims", "weapons")
NAMELIKE = re.compile(r"\b[A-Z][a-z]")
NAME_LONGEST = 4
BURNING = re.compile(r"^(set .*(fire|ablaze|alight)|burn|torch|arson)", re.IGNORECASE)
BOMBING = re.compile(r"bomb|dynamit|explo|\bmines?\b|blast|detonat|blew|blow", re.IGNORECASE)
COUNTS = (
    r"\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|dozens?|hundreds?|thousands?|several|many"
)
LEADING = re.compile(
    rf"^((the|an?|some|its|their|his|her|this|that|these|those|about|at least|up to|whose|other|{COUNTS}"
    r"|murdered|wounded|injured|dead|alleged|self-styled|illustrious|kidnapped|late)\s+"
    r"|(a |the )?(number|group|front|part|rear|dozens|hundreds|members of the group) of\s+|[^']{1,40}'s\s+(?=[a-z]))",
    re.IGNORECASE,
)
TRAILING = re.compile(r"\s+(in|near|at|from|on|who|with|during|that|outside|throughout)\s.*$", re.IGNORECASE)
MEMBERS = frozenset({
    "guerrillas", "guerrilla", "members", "member", "rebels", "rebel", "commandos", "commando", "terrorists", "troops",
    "soldiers", "fighters", "militants", "units", "elements", "squads", "group", "militiamen", "gunmen", "activists",
})  # fmt: skip
NEARNESS = (40, 100, 200, 400, 1000)  # code points
ROLES_OF = {
    "person": ("victims", "perpetrators"),
    "group": ("victims", "perpetrators"),
    "organization": ("perp_orgs", "targets"),
}
AUTHORITIES = ("GOV", "MIL", "COP", "JUD", "LEG", "SPY")
TYPES = ("kidnapping", "bombing", "arson", "attack")
HARM = ("killed", "injured", "casualties")
OUTRIGHT_NOT = ("CT-", "PR-")
# Shares at which a template, and a fill of it, are given: chosen by cross-validation on part DEV.
TEMPLATE_LEAST, FILL_LEAST = 0.3, 0.4
ROUNDS, RATE, PENALTY, SEEN_LEAST = 12, 0.2, 0.03, 6


class Fill(NamedTuple):
    """Somebody or something that could stand in a slot of a template."""

    role: str
    text: str
    own: bool
    named: bool
    features: tuple[str, ...]


class Template(NamedTuple):
    """A local incident as a candidate: its claims, its type, what speaks for and against it, and its fills."""

    kind: str
    claims: list[Record]
    features: list[str]
    fills: list[Fill]


# ---- candidates -----------------------------------------------------------------------------------------------------


def kind_of(claim: Record) -> str | None:
    """The incident type that a claim tells of; None where it tells of none of the task's types."""
    words = claim["trigger"]["text"]
    if claim["mode"] == "abduct":
        return "kidnapping"
    if claim["type"] != "ASSAULT":
        return None
    if BURNING.search(words):
        return "arson"
    told = [words, claim["mode"] or "", *(m["text"] for m in claim["means"])]
    return "bombing" if BOMBING.search(" ".join(told)) or claim["mode"] == "suicide-attack" else "attack"


def candidates(dispatch: Record) -> list[Template]:
    """The local incidents of a dispatch that tell of violence, those with more claims first."""
    groups: dict[str, list[tuple[str, Record]]] = defaultdict(list)
    for claim in dispatch["claims"]:
        kind = kind_of(claim)
        if kind is not None:
            groups[claim["incident"] or claim["id"]].append((kind, claim))
    rows = sorted(groups.values(), key=lambda r: (-len(r), r[0][1]["trigger"]["start"]))
    seen: Counter[str] = Counter()
    found: list[Template] = []
    for group in rows:
        kinds = {k for k, _ in group}
        kind = next(k for k in TYPES if k in kinds)
        claims = [c for _, c in group]
        features = [*group_features(dispatch, claims, kind), f"rank:{min(seen[kind], 3)}", f"any:{min(len(found), 4)}"]
        found.append(Template(kind, claims, features, list(fills_of(dispatch, kind, claims))))
        seen[kind] += 1
    return found


def group_features(dispatch: Record, claims: list[Record], kind: str) -> Iterator[str]:
    """What speaks for or against a template about a local incident."""
    yield from ("bias", f"kind:{kind}", f"claims:{min(len(claims), 5)}", f"home:{home_of(dispatch)}")
    parties = [("A", p) for c in claims for p in c["actors"]] + [("R", p) for c in claims for p in c["recipients"]]
    for side, party in parties:
        yield from {f"{side}:{sector_of(party)}", f"{side}:{party['kind']}", f"{side}:w:{last_word(party['name'])}"}
    for side in ("A", "R"):
        if not any(s == side for s, _ in parties):
            yield f"{side}:nobody"
    for claim in claims:
        yield from {
            f"f:{claim['factuality']}", f"m:{claim['modality']}", f"by:{voice_of(dispatch, claim)}",
            f"t:{claim['trigger']['text'].lower().split()[0]}", f"{kind}:mode:{claim['mode']}",
        }  # fmt: skip
    place = next((c["place"] for c in claims if c["place"]), None)
    yield f"place:{place['country'] if place else '-'}"
    yield f"age:{age_of(dispatch, claims)}"
    toll = max((f["low"] or 0 for c in claims for f in c["figures"] if f["role"] in HARM), default=-1)
    yield f"toll:{next((n for n in (-1, 0, 1, 5, 20, 60) if toll <= n), 'many')}"
    yield f"at:{4 * min(c['trigger']['start'] for c in claims) // max(1, len(dispatch['text']))}"


def fills_of(dispatch: Record, kind: str, claims: list[Record]) -> Iterator[Fill]:
    """Whoever and whatever a dispatch tells of that could stand in a template, by role."""
    own = {c["id"] for c in claims}
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for claim in dispatch["claims"]:
        other = kind_of(claim)
        where = "own" if claim["id"] in own else "same" if other == kind else "near" if other else "talk"
        for role, text, party in slots_of(dispatch, claim):
            told[role, text] += [f"in:{where}", f"in:{where}:{claim['factuality']}", *party_features(party, where)]
            told[role, text] += [f"by:{voice_of(dispatch, claim)}", f"t:{claim['type']}:{claim['mode']}"]
    for actor in dispatch["actors"]:
        for role in ROLES_OF.get(actor["kind"], ()):
            told[role, plain(actor["name"])] += actor_features(actor, claims)
    for (role, text), features in told.items():
        counts = Counter(f for f in features if f.startswith("in:"))
        words = [f"w:{last_word(text)}", f"long:{min(len(text.split()), 5)}"]
        times = [f"{f}x{min(n, 3)}" for f, n in counts.items()]
        marked = tuple(f"{role}|{f}" for f in {*features, *words, *times, f"of:{kind}", "bias"})
        named = "kind:person" in features and bool(NAMELIKE.search(text))
        yield Fill(role, text, "in:own" in features, named, marked)


def actor_features(actor: Record, claims: list[Record]) -> list[str]:
    """What an actor is, and how near the words for an incident they are spoken of."""
    spots = [c["trigger"]["start"] for c in claims]
    gap, side = min((abs(m - s), m > s) for m, _ in actor["mentions"] for s in spots)
    near = next((n for n in NEARNESS if gap <= n), "far")
    times = min(len(actor["mentions"]), 4)
    return [f"gap:{near}", f"gap:{near}:{side}", f"times:{times}", *party_features(actor, "doc")]


def slots_of(dispatch: Record, claim: Record) -> Iterator[tuple[str, str, Record]]:
    """The roles, words and parties of a claim."""
    for party in claim["actors"]:
        words = plain(dispatch["text"][party["start"] : party["end"]])
        if party["kind"] in ("organization", "country"):
            yield "perp_orgs", plain(party["name"]), party
            if last_word(words) in MEMBERS:
                yield "perpetrators", words, party
        else:
            yield "perpetrators", plain(party["name"]), party
    for party in claim["recipients"]:
        name = plain(party["name"])
        if party["kind"] == "person" and NAMELIKE.search(name):
            name = full_name(dispatch, name)
        if party["kind"] in ("person", "group", None):
            yield "victims", name, party
        if party["kind"] in ("organization", "country", None):
            yield "targets", name, party
    for means in claim["means"]:
        yield "weapons", plain(means["text"]), {"kind": "thing", "code": None, "country": None}


def party_features(party: Record, where: str) -> list[str]:
    """What a party is."""
    sector = sector_of(party)[:3]
    return [f"kind:{party['kind']}", f"{where}:{sector}", f"from:{party['country'] in COUNTRIES}"]


def sector_of(party: Record) -> str:
    """The part of a code behind the country."""
    return (party["code"] or "").removeprefix(party["country"] or "") or "-"


def voice_of(dispatch: Record, claim: Record) -> str:
    """Who answers for a claim: the dispatch, the authorities, those who did it, or others."""
    source = claim["source"]
    if source is None:
        return "dispatch"
    if any(p["name"].casefold() in source["name"].casefold() for p in claim["actors"]):
        return "doer"
    code = next((sector_of(a) for a in dispatch["actors"] if a["name"] == source["name"]), "-")
    return "authority" if code[:3] in AUTHORITIES else "other"


def home_of(dispatch: Record) -> str:
    """The country that a dispatch names most, of those that the task is about."""
    named = Counter(p["country"] for p in dispatch["places"] if p["country"])
    return next((c for c, _ in named.most_common(3) if c in COUNTRIES), "elsewhere")


def age_of(dispatch: Record, claims: list[Record]) -> str:
    """How long before its dispatch an incident was."""
    begin = next((c["begin"] for c in claims if c["begin"]), None)
    if begin is None or not dispatch["published"]:
        return "untold"
    days = (dt.date.fromisoformat(dispatch["published"]) - dt.date.fromisoformat(begin)).days
    return next((str(n) for n in (-1, 3, 14, 62, 400) if days <= n), "old")


def plain(text: str) -> str:
    """The words of a phrase without what counts, points or owns at its start and without where it is at its end."""
    text = TRAILING.sub("", " ".join(text.split())).strip(" \"'“”,.")
    while (shorter := LEADING.sub("", text)) and shorter != text:
        text = shorter
    return text


def full_name(dispatch: Record, name: str) -> str:
    """The longest name of a person that a dispatch has for a part of it ("Oqueli")."""
    words = name.casefold().split()
    people = (plain(a["name"]) for a in dispatch["actors"] if a["kind"] == "person")
    longer = [n for n in people if len(n.split()) <= NAME_LONGEST and set(words) <= set(n.casefold().split())]
    return max([name, *longer], key=lambda n: len(n.split()))


def last_word(text: str) -> str:
    """The last word of a phrase before its first preposition, lower case."""
    head = re.split(r"\s(?:of|in|from|at|on|for|with|who|near)\s", text.lower())[0].split()
    return head[-1] if head else ""


# ---- responsibility -------------------------------------------------------------------------------------------------


def confidence(dispatch: Record, claims: Iterable[Record], org: str) -> str | None:
    """How a dispatch holds an organisation responsible, from the claims of an incident and from accusations.

    The firmest telling counts: what the organisation owns up to, what the dispatch itself reports, what authorities
    say, what others say; less where the source is not certain, least where all deny it. None where no claim says it.
    """
    found = {_grade(dispatch, c) for c in claims if _has(c["actors"], org)}
    for claim in dispatch["claims"]:
        if _has(claim["actors"], org) and "responsib" in claim["trigger"]["text"].lower():
            found.add(VOICES["doer"])
        if claim["type"] == "ACCUSE" and _has(claim["recipients"], org):
            official = any(sector_of(p)[:3] in AUTHORITIES for p in claim["actors"])
            found.add(VOICES["authority" if official else "other"])
    return next((grade for grade in GRADES if grade in found), None)


def _grade(dispatch: Record, claim: Record) -> str:
    if claim["factuality"] in OUTRIGHT_NOT:
        return "acquitted"
    return VOICES[voice_of(dispatch, claim)] if claim["factuality"] in ("CT+", "U") else "possible"


def _has(parties: list[Record], org: str) -> bool:
    return any(plain(p["name"]).casefold() == org.casefold() for p in parties)


VOICES = {
    "dispatch": "reported as fact", "doer": "claimed or admitted", "authority": "suspected or accused by authorities",
    "other": "suspected or accused",
}  # fmt: skip
GRADES = (
    "claimed or admitted", "reported as fact", "suspected or accused by authorities", "suspected or accused",
    "possible", "acquitted",
)  # fmt: skip


# ---- learning -------------------------------------------------------------------------------------------------------


class Scorer:
    """A logistic model over sets of named features; what few examples show says nothing."""

    def __init__(self, examples: list[Example]) -> None:
        counts = Counter(f for features, _ in examples for f in features)
        self.weights: dict[str, float] = {f: 0.0 for f, n in counts.items() if n >= SEEN_LEAST}
        slopes = dict.fromkeys(self.weights, 1.0)
        order = [([f for f in features if f in self.weights], label) for features, label in examples]
        rng = random.Random(1)  # an order of examples, no secret
        for _ in range(ROUNDS):
            rng.shuffle(order)
            for features, label in order:
                error = self.of(features) - label
                for f in features:
                    slope = error + PENALTY * self.weights[f]
                    slopes[f] += slope * slope
                    self.weights[f] -= RATE * slope / math.sqrt(slopes[f])

    def of(self, features: Iterable[str]) -> float:
        """The share of such examples that are true, as the model has it."""
        total = sum(self.weights.get(f, 0.0) for f in features)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


class Converter:
    """Makes templates of claims, as the keys of other dispatches have taught it."""

    def __init__(self, dispatches: list[Record], keys: dict[str, Record], score: ModuleType) -> None:
        templates: list[Example] = []
        fills: list[Example] = []
        for dispatch in dispatches:
            found, gold = candidates(dispatch), keys[dispatch["id"]]["incidents"]
            of = aligned(found, gold, score)
            for i, template in enumerate(found):
                templates.append((template.features, i in of))
                if i in of:
                    fills += [(list(f.features), is_wanted(f, gold[of[i]], score)) for f in template.fills]
        self.template, self.fill = Scorer(templates), Scorer(fills)

    def convert(self, dispatch: Record, least: float = TEMPLATE_LEAST, fill_least: float = FILL_LEAST) -> list[Record]:
        """The templates of one dispatch, in the form of the task."""
        return [
            self._made(dispatch, t, fill_least) for t in candidates(dispatch) if self.template.of(t.features) >= least
        ]

    def _made(self, dispatch: Record, template: Template, least: float) -> Record:
        made: Record = {"type": template.kind, **{role: [] for role in ROLES}, "victims_named": []}
        rated = sorted(((self.fill.of(f.features), f) for f in template.fills), key=lambda x: -x[0])
        for share, fill in rated:
            known = [x for [x] in made[fill.role]]
            if share < least or any(repeats(fill.text, x) for x in known):
                continue
            made[fill.role].append([fill.text])
            if fill.role == "victims" and fill.named:
                made["victims_named"].append([fill.text])
        threat = all(c["modality"] == "threatened" for c in template.claims)
        made["stage"] = "threatened" if threat else "accomplished"
        place = next((c["place"] for c in template.claims if c["place"] and c["place"]["country"] in COUNTRIES), None)
        made["country"] = COUNTRIES.get(place["country"] if place else home_of(dispatch))
        made["date"] = next((c["begin"] for c in template.claims if c["begin"]), dispatch["published"])
        grades = ((org, confidence(dispatch, template.claims, org[0])) for org in made["perp_orgs"])
        made["org_confidence"] = [{"of": org, "confidence": grade} for org, grade in grades if grade is not None]
        return made


def aligned(found: list[Template], gold: list[Record], score: ModuleType) -> dict[int, int]:
    """The templates (by position) that stand for a gold incident (by position) of its type, most fills alike."""
    if not found or not gold:
        return {}
    worth = [[0] * len(gold) for _ in found]
    for i, template in enumerate(found):
        for j, incident in enumerate(gold):
            if template.kind in score.types(incident):
                hits = sum(is_wanted(f, incident, score) for f in template.fills if f.own)
                worth[i][j] = 10 + 10 * hits + len(template.claims)
    return {i: j for i, j in score.hungarian(worth) if worth[i][j]}


def is_wanted(fill: Fill, incident: Record, score: ModuleType) -> bool:
    """Whether the keys have a fill in its role."""
    words = score.ent([fill.text])
    golds = incident[fill.role] + incident["optional_fills"].get(fill.role, [])
    return bool(words) and any(score.lenient(score.ent(g), words) for g in golds)


def repeats(text: str, known: str) -> bool:
    """Whether two phrases name the same one: one within the other, or alike at the end."""
    one, other = set(text.casefold().split()), set(known.casefold().split())
    return one <= other or other <= one or last_word(text) == last_word(known)


# ---- running --------------------------------------------------------------------------------------------------------


def rows_of(path: Path) -> list[Record]:
    """The records of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def scorer_of(path: Path) -> ModuleType:
    """The task's own scorer as a module."""
    spec = importlib.util.spec_from_file_location("muc_score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def coded(texts: list[Record], name: str) -> list[Record]:
    """The dispatches through the command."""
    OUT.mkdir(exist_ok=True)
    source, target = OUT / f"{name}.in.jsonl", OUT / f"{name}.coded.jsonl"
    source.write_text("".join(json.dumps(t) + "\n" for t in texts), encoding="utf-8")
    command = Path(sys.executable).parent / "reportedly"
    subprocess.run([str(command), "code", str(source), "--output", str(target)], check=True)
    return rows_of(target)


def report(figures: Record) -> str:
    """The figures as lines of a Markdown table."""
    lines = ["| figure | P | R | F1 |", "| --- | --: | --: | --: |"]
    parts = ("template_lenient", "template_strict", "template_gtt_compat")
    rows = [(f"{p}.{role}", figures[p][role]) for p in parts for role in ("micro", "type", *ROLES)]
    rows += [("detect", figures["detect"])] + [
        (f"attribute {k}", v) for k, v in figures["attributes_of_aligned"].items()
    ]
    return "\n".join([*lines, *(f"| {name} | {v['p']:.3f} | {v['r']:.3f} | {v['f1']:.3f} |" for name, v in rows)])


def main() -> int:
    """Learn on part DEV, convert and score the rest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=BENCH / "events", help="folder with the corpus and its scorer")
    parser.add_argument("--train", type=Path, help="coded dispatches of part DEV")
    parser.add_argument("--test", type=Path, help="coded dispatches to be scored")
    args = parser.parse_args()
    if not (args.data / "muc4.dev.gold.jsonl").exists():
        print(f"No corpus at {args.data}: nothing measured.")
        return 0
    score = scorer_of(args.data / "score.py")
    keys = {k["id"]: k for k in rows_of(args.data / "muc4.dev.gold.jsonl")}
    texts = [t for t in rows_of(args.data / "muc4.dev.jsonl") if t["id"] in keys]
    parts: dict[bool, list[Record]] = {True: [], False: []}
    for text in texts:
        parts[keys[text["id"]]["part"] == "DEV"].append(text)
    train = rows_of(args.train) if args.train else coded(parts[True], "muc-train")
    test = rows_of(args.test) if args.test else coded(parts[False], "muc-test")
    converter = Converter(train, keys, score)
    made = {d["id"]: {"id": d["id"], "incidents": converter.convert(d)} for d in test}
    print(report(score.score_muc({d["id"]: keys[d["id"]] for d in test}, made)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
