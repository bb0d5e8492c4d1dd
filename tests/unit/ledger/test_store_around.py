"""What is told around a happening: acts that refer to it, and the campaign that it is one of."""

from __future__ import annotations

from pathlib import Path

import reportedly
from reportedly.model import Incident

ATTACK = (
    "TARNOVA, May 5 (Sample) - Gunmen ambushed a police lorry near Tarnova in Moldova on Sunday and killed four "
    "officers, the mayor said."
)
FUNERAL = (
    "TARNOVA, May 7 (Sample) - Hundreds of mourners attended the funeral in Tarnova, Moldova, on Tuesday of four "
    "officers who were killed in an ambush on Sunday."
)
ARREST = (
    "TARNOVA, May 8 (Sample) - Police in Tarnova, Moldova, arrested two men on Wednesday over Sunday's ambush near the "
    "town that killed four officers."
)
APART = "TARNOVA, May 8 (Sample) - Farmers marched through Tarnova in Moldova on Wednesday to demand lower taxes."
TOTAL = (
    "TARNOVA, May 9 (Sample) - A car bomb killed nine people in Tarnova, Moldova, on Thursday, police said. The war has "
    "killed more than 7,000 people in Moldova since March 2015, according to the United Nations."
)


def told(folder: Path, *texts: str) -> list[Incident]:
    days = {text: f"2024-05-0{text.split(',')[1].split()[1]}" for text in texts}
    with reportedly.open_ledger(folder / "news.duckdb") as news:
        for n, (text, day) in enumerate(days.items()):
            news.add([reportedly.read(text, published=day, id=f"d{n}")])
        return list(news.incidents())


def of_type(incidents: list[Incident], kind: str, begin: str) -> Incident:
    (found,) = (i for i in incidents if i.type == kind and i.begin == begin and i.kind == "happening")
    return found


def test_acts_around_a_happening_are_linked_and_no_part_of_it(tmp_path: Path) -> None:
    incidents = told(tmp_path, ATTACK, FUNERAL, ARREST, APART)
    ambush = of_type(incidents, "ASSAULT", "2024-05-05")
    arrest = of_type(incidents, "COERCE", "2024-05-08")
    funeral = of_type(incidents, "CONSULT", "2024-05-07")
    march = of_type(incidents, "PROTEST", "2024-05-08")
    assert ambush.dispatches == ("d0", "d1", "d2")
    assert set(ambush.linked) == {arrest.id, funeral.id}
    assert not ambush.background
    assert arrest.linked == funeral.linked == march.linked == ()


def test_the_total_of_a_war_is_the_background_of_one_attack(tmp_path: Path) -> None:
    incidents = told(tmp_path, TOTAL, ATTACK)
    bomb = of_type(incidents, "ASSAULT", "2024-05-09")
    (war,) = (i for i in incidents if i.kind == "campaign")
    assert bomb.background == (war.id,)
    assert war.background == war.linked == ()
    assert of_type(incidents, "ASSAULT", "2024-05-05").background == ()


def test_links_follow_when_what_they_lead_to_joins_another(tmp_path: Path) -> None:
    with reportedly.open_ledger(tmp_path / "news.duckdb") as news:
        news.add([reportedly.read(ARREST, published="2024-05-08", id="d0")])
        (before,) = (i for i in news.incidents() if i.linked)
        news.add([reportedly.read(ATTACK, published="2024-05-05", id="d1")])
        (after,) = (i for i in news.incidents() if i.linked)
        assert after.dispatches == ("d1", "d0")
        assert before.linked == after.linked
        assert news.show(after.id).incident == after
