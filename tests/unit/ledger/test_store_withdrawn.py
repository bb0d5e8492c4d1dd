"""Items that their publisher took back, as the formats of agencies say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.ingest import read_paths
from reportedly.ingest.options import ReadOptions
from reportedly.ledger.rows import is_withdrawal
from reportedly.model import Diagnostic, Dispatch

NEWSML = (
    '<newsItem guid="urn:x:1" version="2" xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta>'
    '<itemClass qcode="ninat:text"/><pubStatus qcode="stat:canceled"/></itemMeta></newsItem>'
)
NITF = (
    '<nitf><head><docdata management-status="canceled"><doc-id id-string="urn:x:1"/></docdata></head>'
    "<body><body.content><p>The ferry sank.</p></body.content></body></nitf>"
)
NINJS = '{"uri": "urn:x:1", "versioncreated": "2022-03-04T10:00:00Z", "pubstatus": "stat:withheld"}'


@pytest.mark.parametrize(("name", "content"), [("a.xml", NEWSML), ("a.xml", NITF), ("a.json", NINJS)])
def test_a_withdrawn_item_is_told_of_and_given_where_it_is_wanted(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    (told,) = read_paths([str(path)], ReadOptions())
    assert isinstance(told, Diagnostic)
    assert told.code == "withdrawn-item"
    found = [x for x in read_paths([str(path)], ReadOptions(withdrawals=True)) if isinstance(x, Dispatch)]
    assert [(d.id, d.lang, is_withdrawal(d)) for d in found] == [("urn:x:1", "en", True)]
