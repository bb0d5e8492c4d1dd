"""GeoJSON, FollowTheMoney, Web Annotation, schema.org and PROV, read back by what their specifications say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from shelf import STORM, Shelf

from reportedly.export.annotation import utf16_offset
from reportedly.export.registry import ExportReport

Written = Callable[..., tuple[Path, ExportReport]]

# The properties of the schemata that are written, from the public schema files, with the kind of their values.
FTM = {
    "Event": {
        "name",
        "startDate",
        "endDate",
        "location",
        "country",
        "involved",
        "summary",
        "description",
        "recordId",
        "keywords",
        "publisher",
        "sourceUrl",
        "proof",
    },
    "Article": {"name", "title", "publishedAt", "publisher", "sourceUrl", "language", "bodyText"},
    "Mention": {"document", "resolved", "name", "detectedSchema", "contextCountry"},
    **{s: {"name", "country"} for s in ("Person", "Organization", "PublicBody", "LegalEntity")},
}


def document(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_geojson_after_rfc_7946(written: Written) -> None:
    """A collection of features; points are longitude, latitude; what has no place has a null geometry."""
    path, report = written("geojson")
    found = document(path)
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == report.written == 7
    for feature in found["features"]:
        assert feature["type"] == "Feature"
        assert set(feature) == {"type", "id", "geometry", "properties"}
        if feature["geometry"] is not None:
            lon, lat = feature["geometry"]["coordinates"]
            assert feature["geometry"]["type"] == "Point"
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
    by_id = {f["id"]: f for f in found["features"]}
    assert by_id["n-00000000000a"]["geometry"]["coordinates"] == [36.4, 15.451]
    assert by_id["n-00000000000f"]["geometry"] is None
    assert by_id["n-00000000000b"]["properties"]["precision"] == "region"
    assert by_id["n-000000000010"]["properties"]["standing"] == "denied"
    assert by_id["n-00000000000a"]["properties"]["silent"] == ["Eastern Front"]


def test_ftm_entities_and_their_references(written: Written) -> None:
    """Known schemata and properties, every value a string in a list, every reference to an entity of the file."""
    path, report = written("ftm")
    entities = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    ids = {e["id"]: e["schema"] for e in entities}
    assert len(ids) == len(entities) == report.written
    for entity in entities:
        assert set(entity) == {"id", "schema", "properties"}
        assert entity["properties"].keys() <= FTM[entity["schema"]]
        assert all(isinstance(v, str) for values in entity["properties"].values() for v in values)
        assert entity["schema"] == "Mention" or entity["properties"]["name"]
    for name, range_ in (("involved", FTM.keys() - {"Event", "Article", "Mention"}), ("proof", {"Article"}),
                         ("document", {"Article"}), ("resolved", FTM.keys() - {"Event", "Article", "Mention"})):  # fmt: skip
        for entity in entities:
            assert all(ids[v] in range_ for v in entity["properties"].get(name, ()))


def test_ftm_keeps_denials_out_of_its_events(written: Written) -> None:
    """The denied shooting is no event; the attack says in its summary who tells it."""
    path, report = written("ftm")
    events = [e for e in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if e["schema"] == "Event"]
    records = {e["properties"]["recordId"][0]: e["properties"] for e in events}
    assert set(records) == {f"n-00000000000{x}" for x in "abcde"}
    attack = records["n-00000000000a"]
    assert attack["summary"][0].startswith("On 18 May 2024 the army (Paper 0): “Rebels killed six soldiers")
    assert (attack["startDate"], attack["country"], attack["keywords"]) == (["2024-05-17"], ["sd"], ["contested"])
    assert len(attack["proof"]) == 10
    assert report.left_out == "22 claims left out: 11 denied, 10 threatened, 1 planned"


def test_annotations_are_found_in_the_text_as_browsers_count_it(written: Written) -> None:
    """Positions are UTF-16 code units: two for each character outside the Basic Multilingual Plane."""
    page = document(written("annotation")[0])
    assert page["type"] == "AnnotationPage"
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert len(page["items"]) == 46
    storm = next(a for a in page["items"] if a["reportedly:dispatch"] == "storm")
    position, quote = storm["target"]["selector"]
    units = STORM.encode("utf-16-le")
    assert units[2 * position["start"] : 2 * position["end"]].decode("utf-16-le") == quote["exact"]
    assert position["start"] == position["reportedly:codePoints"][0] + 2
    assert quote["exact"] == "Government forces shelled villages in Darfur last week"
    assert STORM.index(quote["prefix"] + quote["exact"] + quote["suffix"]) >= 0
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["id"].startswith("urn:reportedly:claim:c-")
        assert {b["purpose"] for b in item["body"]} == {"classifying", "describing", "tagging"}
        assert item["target"]["selector"][0]["start"] < item["target"]["selector"][0]["end"]


@given(st.text(), st.data())
def test_utf16_offsets_are_those_of_the_encoded_text(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    assert utf16_offset(text, at) == len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


def test_schema_org_claims_without_any_rating(written: Written) -> None:
    """Ten copies are ten appearances of one claim; the first is the earliest; nobody rates anything."""
    path, report = written("schema-org")
    found = document(path)
    assert found["@context"] == "https://schema.org"
    assert len(found["@graph"]) == report.written == 10
    assert "Rating" not in path.read_text(encoding="utf-8")
    assert "ClaimReview" not in path.read_text(encoding="utf-8")
    army = next(c for c in found["@graph"] if c.get("author", {}).get("name") == "the army")
    assert (army["@type"], army["text"]) == ("Claim", "Rebels killed six soldiers in an ambush at Kassala on Friday")
    assert len(army["appearance"]) == 10
    assert army["firstAppearance"]["url"] == "https://paper0.example/1"
    assert army["firstAppearance"]["publisher"]["name"] == "Paper 0"
    governor = next(c for c in found["@graph"] if c.get("author", {}).get("name") == "The governor")
    assert governor["creativeWorkStatus"] == "did not happen; contested"


def test_prov_json_relations_name_what_there_is(written: Written, book: Shelf) -> None:
    """Every end of every relation is declared; a claim is a quotation of its dispatch, a copy a revision."""
    path, report = written("prov")
    found = document(path)
    assert report.written == 46
    declared = {section: set(found[section]) for section in ("entity", "activity", "agent")}
    ends = {
        "entity": "entity",
        "generatedEntity": "entity",
        "usedEntity": "entity",
        "activity": "activity",
        "agent": "agent",
    }
    kinds = []
    for section in ("wasGeneratedBy", "used", "wasDerivedFrom", "wasAttributedTo", "wasAssociatedWith"):
        for relation in found[section].values():
            for name, value in relation.items():
                if name == "prov:type":
                    kinds.append(value["$"])
                else:
                    assert value in declared[ends[name.removeprefix("prov:")]]
    assert kinds.count("prov:Quotation") == 46
    assert kinds.count("prov:Revision") == 9
    prefixes = {name.split(":")[0] for section in ("entity", "activity", "agent") for name in found[section]}
    assert prefixes <= set(found["prefix"])
