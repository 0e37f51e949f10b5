"""The Atom feed as a reader of feeds finds it: well formed, the same identifiers for ever, narrowed by region."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import feedparser
from starlette.testclient import TestClient

from queries import Database, Selection
from tests.api.conftest import HOST, Serve

PATH = "/api/v1/feed.atom"


def read(client: TestClient, path: str = PATH) -> feedparser.FeedParserDict:
    """A feed as feedparser finds it, well formed."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def test_it_tells_the_newest_rows_of_the_file(client: TestClient, served: Database) -> None:
    feed = read(client)
    changes = served.run("changes").head(100)
    assert len(feed.entries) == len(changes) == 100
    assert [entry.updated[:10] for entry in feed.entries] == [f"{day:%Y-%m-%d}" for day in changes["recorded_on"]]
    for entry, project, name in zip(feed.entries, changes["project_id"], changes["project_name"], strict=True):
        link = urlsplit(entry.link)
        assert f"{link.scheme}://{link.netloc}{link.path}" == f"{HOST}/projets"
        assert parse_qs(link.query) == {"project": [project], "lang": ["fr"]}
        assert entry.title.endswith(f"\u202f: {name}") and entry.summary
    assert feed.feed.updated[:10] == f"{served.metadata['recorded_until']:%Y-%m-%d}"
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": f"{HOST}{PATH}?lang=fr",
        "alternate": f"{HOST}/changements?lang=fr",
    }


def test_identifiers_are_unique_and_the_same_in_another_version(
    client: TestClient, serve: Serve, changed_path: Path
) -> None:
    # A row more at the end of the file, a new version: the rows before keep their names.
    first = read(client)
    second = read(serve(changed_path))
    assert second.feed.generator_detail.version != first.feed.generator_detail.version
    ids = [entry.id for entry in first.entries]
    assert len(set(ids)) == len(ids) and all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in ids)
    assert len(set(ids) & {entry.id for entry in second.entries}) >= len(ids) - 1
    assert first.feed.id == second.feed.id
    titles = {entry.id: entry.title for entry in first.entries}
    assert all(titles.get(entry.id, entry.title) == entry.title for entry in second.entries)


def test_a_region_narrows_it(client: TestClient, served: Database) -> None:
    north = read(client, f"{PATH}?region=32")
    known = served.run("changes", Selection(region=("32",)))
    assert [parse_qs(urlsplit(entry.link).query)["project"][0] for entry in north.entries] == list(
        known["project_id"].head(100)
    )
    whole = read(client)
    assert 0 < len(known) < len(served.run("changes"))
    assert north.feed.title.endswith(" – Hauts-de-France") and north.feed.id != whole.feed.id
    assert {link.rel: link.href for link in north.feed.links}["self"] == f"{HOST}{PATH}?region=32&lang=fr"
    both = read(client, f"{PATH}?region=none&region=32")
    assert both.feed.id == read(client, f"{PATH}?region=32&region=none").feed.id != north.feed.id


def test_it_speaks_english(client: TestClient) -> None:
    french, english = read(client), read(client, f"{PATH}?lang=en")
    assert english.feed.language == "en" and french.feed.language == "fr"
    assert "the observatory" in english.feed.title and "l’observatoire" in french.feed.title
    assert [entry.id for entry in english.entries] == [entry.id for entry in french.entries]
    assert english.feed.id != french.feed.id
    assert all(": " in entry.title and "\u202f" not in entry.title.split(": ")[0] for entry in english.entries)
    assert all(parse_qs(urlsplit(entry.link).query)["lang"] == ["en"] for entry in english.entries)


def test_hostile_data_keeps_it_well_formed(serve: Serve, hostile_path: Path) -> None:
    client = serve(hostile_path)
    for path in (PATH, f"{PATH}?lang=en", f"{PATH}?region=none"):
        assert read(client, path).entries
