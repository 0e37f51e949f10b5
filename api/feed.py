"""The Atom feed (RFC 4287) of what changed: the newest rows of the file, one entry a row.

Rule: an entry's identifier is made of its claim's and never changes; its time is the day the row entered the file.
"""

import re
import uuid
from collections.abc import Hashable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from feedgen.feed import FeedGenerator

from api import data
from api.formats.notes import LICENCE_FR, NAME, TITLE_EN, TITLE_FR
from queries import Selection
from queries.resources import API
from queries.words import filter_words

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "infra-ia-france")
# What XML 1.0 cannot hold, even escaped.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EFFECTS = {
    "new_project": ("Nouveau projet", "New project"),
    "status_change": ("Changement de statut", "Status change"),
    "new_figure": ("Nouveau chiffre", "New figure"),
    "new_source": ("Nouvelle source", "New source"),
    "repeat": ("Reprise par une source déjà citée", "Repeat by a source already quoted"),
}
WORDS = {
    "fr": (
        "{effect}\u202f: {project}",
        "Annonce de {announcer} ({day}). Source\u202f: {publisher}, {title}.",
        "auteur inconnu",
    ),
    "en": (
        "{effect}: {project}",
        "Announced by {announcer} ({day}). Source: {publisher}, {title}.",
        "an unknown author",
    ),
}


def write_feed(selection: Selection, lang: str, host: str) -> bytes:
    """Return the feed of a selection; addresses are absolute, on `host` (scheme and authority)."""
    version = data.database().version
    params = selection.to_params()
    title = TITLE_EN if lang == "en" else TITLE_FR
    filters = ", ".join(values for _, values in filter_words(selection, lang, data.database()))
    feed = FeedGenerator()
    feed.id(f"urn:uuid:{uuid.uuid5(NAMESPACE, f'feed?{urlencode(params, doseq=True)}&lang={lang}')}")
    feed.title(title + (f" – {filters}" if filters else ""))
    feed.author({"name": NAME})
    feed.language(lang)
    feed.rights(LICENCE_FR)
    feed.generator(NAME, version=version)
    query = urlencode({**params, "lang": [lang]}, doseq=True)
    feed.link(href=f"{host}{API}/feed.atom?{query}", rel="self", type="application/atom+xml")
    feed.link(href=f"{host}/changements?{query}", rel="alternate", type="text/html")
    feed.updated(_moment(data.metadata()["recorded_until"]))
    changes = data.database().run("latest_changes", selection)
    for row in changes.to_dict("records"):
        _add_entry(feed, row, lang, host)
    written: bytes = feed.atom_str(pretty=True)
    return written


def _add_entry(feed: FeedGenerator, row: Mapping[Hashable, Any], lang: str, host: str) -> None:
    title, summary, unknown = WORDS[lang]
    project = row["project_name_en" if lang == "en" else "project_name"] or row["project_name"]
    entry = feed.add_entry(order="append")
    entry.id(f"urn:uuid:{uuid.uuid5(NAMESPACE, 'claim/' + row['announcement_id'])}")
    effect = EFFECTS[row["effect"]][lang == "en"]
    entry.title(_written(title.format(effect=effect, project=project)))
    entry.updated(_moment(row["recorded_on"]))
    query = urlencode({"project": row["project_id"], "lang": lang})
    entry.link(href=f"{host}/projets?{query}", rel="alternate", type="text/html")
    known = {name: row[name] if isinstance(row[name], str) else unknown for name in TOLD}
    told = summary.format(
        day=f"{row['announced_on']:%Y-%m-%d}"[: 7 if row["announced_on_precision"] == "month" else 10],
        announcer=known["announcer"],
        publisher=known["source_publisher"],
        title=known["source_title"],
    )
    entry.summary(_written(told))


TOLD = ("announcer", "source_publisher", "source_title")


def _written(text: str) -> str:
    return UNWRITABLE.sub("\ufffd", text)


def _moment(day: Any) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
