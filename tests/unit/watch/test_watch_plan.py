"""The file that says what is followed: read with everything it says, refused with what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.errors import ConfigError, ReportedlyError
from reportedly.watch.plan import Feed, Follow, duration, read_plan

PLAN = """
every = "10m"
[follow]
sources = ["army"]
countries = ["Sudan"]
[manners]
delay = 3
contact = "desk@example.org"
[[feed]]
url = "https://news.example/rss"
hosts = ["www.news.example"]
full_text = false
[[feed]]
sitemap = "https://lake.example:8443/news.xml"
[[feed]]
folder = "incoming"
agency = "Lake Post"
"""


def test_a_plan_is_read_with_everything_it_says(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(PLAN, encoding="utf-8")
    plan = read_plan(path)
    assert plan.every == 600.0
    assert plan.follow == Follow(sources=("army",), countries=("SDN",))
    assert (plan.manners.delay, plan.manners.contact, plan.manners.private) == (3.0, "desk@example.org", False)
    assert plan.feeds == (
        Feed("feed", "https://news.example/rss", frozenset({"news.example", "www.news.example"}), full_text=False),
        Feed("sitemap", "https://lake.example:8443/news.xml", frozenset({"lake.example:8443"})),
        Feed("folder", str(tmp_path / "incoming"), agency="Lake Post"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "names nothing to follow"),
        ("[[feed]]\nurl = 'ftp://x/y'", "no address of the web"),
        ("[[feed]]\nurl = 'https://ann:secret@x.example/y'", "without a password"),
        ("[[feed]]\nurl = 'http://[::1/x'", "no address of the web"),
        ("[[feed]]\nurl = 'https://x.example'\nfolder = 'y'", "url and folder"),
        ("[[feed]]\nagency = 'x'", "no url, sitemap or folder"),
        ("[[feed]]\nsitmap = 'https://x.example'", "Did you mean sitemap"),
        ("[[feed]]\nurl = 'https://x.example'\nfull_text = 'yes'", "neither true nor false"),
        ("[[feed]]\nurl = 'https://x.example'\nhosts = 'y'", "is no list"),
        ("[[feed]]\nurl = 3", "is no text"),
        ("[feed]\nurl = 'https://x.example'", "list of tables"),
        ("every = 'soon'\n[[feed]]\nurl = 'https://x.example'", 'every is "soon"'),
        ("[manners]\ndelay = 'long'\n[[feed]]\nurl = 'https://x.example'", "manners"),
        ("[manners]\ndelay = -1\n[[feed]]\nurl = 'https://x.example'", "below zero"),
        ("[follow]\ncountries = ['Sudn']\n[[feed]]\nurl = 'https://x.example'", "Sudan"),
        ("follow = 3\n[[feed]]\nurl = 'https://x.example'", "follow is no table"),
        ("[[feed]]\nurl = 'https://x.example'\n[[feed]]\nurl = 'https://x.example'", "twice"),
        ("[[feed]", "feeds.toml"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReportedlyError) as told:
        read_plan(path)
    assert said in str(told.value)


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90.0), ("15m", 900.0), ("1.5h", 5400.0), ("1d", 86400.0)])
def test_times_between_rounds(text: str, seconds: float) -> None:
    assert duration(text, "--every") == seconds


@pytest.mark.parametrize("text", ["", "15", "0s", "-5m", "1w", "٣m"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="E340"):
        duration(text, "--every")
