"""The archive of a selection: every resource in every format, described, and the SQL that makes it.

Rule: two archives of one selection of one version are the same to the byte: entries stand in order, bear the day of
the data, and nothing tells the clock or who asked.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace

import orjson

from api import data
from api.formats import FORMATS
from api.formats.notes import LICENCE_EN, LICENCE_FR, LICENCE_URL, TITLE_EN, TITLE_FR, Notes
from api.package import package
from api.parameters import Call
from api.tables import address, rows
from etl.schema import SCHEMA
from queries import RESOURCES
from queries.database import read_query
from queries.resources import API
from queries.scope import runnable

SQL_HEAD = """-- {title}
-- {filters}
-- Run it on the database of version {version} ({api}/observatory-{version}.duckdb), opened by its name, or:
--   ATTACH 'observatory-{version}.duckdb' AS observatory (READ_ONLY); USE observatory;
"""


def write_archive(call: Call) -> bytes:
    """Return the zip of a selection. `call.resources` chooses some of the resources, all without one."""
    names = call.resources or tuple(RESOURCES)
    files: dict[str, bytes] = {}
    written: dict[str, Notes] = {}
    for name in names:
        for ending in RESOURCES[name].formats:
            table, notes = rows(name, replace(call, resources=()), ending)
            files[f"{name}.{ending}"] = FORMATS[ending].write(table, notes)
            written[name] = notes
        files[f"sql/{name}.sql"] = _sql(name, call, written[name]).encode()
    files["schema.json"] = SCHEMA.read_bytes()
    files["datapackage.json"] = _package(files, names)
    for name, lang in (("LISEZMOI.txt", "fr"), ("README.txt", "en")):
        files[name] = _readme(files, written, call, lang)
    return _zipped(files)


def _sql(name: str, call: Call, notes: Notes) -> str:
    head = SQL_HEAD.format(
        title=f"{TITLE_EN}: {notes.resource.title_en}",
        filters=" ".join(notes.words("en").split()),
        version=notes.version,
        api=API,
    )
    return head + runnable(read_query(RESOURCES[name].query), call.selection) + ";\n"


def _package(files: Mapping[str, bytes], names: tuple[str, ...]) -> bytes:
    details = {name: {"bytes": len(files[f"{name}.csv"]), "hash": _digest(files[f"{name}.csv"])} for name in names}
    described = package(lambda resource: f"{resource.name}.csv", details)
    described["resources"] = [one for one in described["resources"] if one["name"] in names]
    return orjson.dumps(described, option=orjson.OPT_INDENT_2) + b"\n"


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _readme(files: Mapping[str, bytes], written: Mapping[str, Notes], call: Call, lang: str) -> bytes:
    notes = next(iter(written.values()))
    is_french = lang == "fr"
    counts = [f"  {name}: {notes.total}" for name, notes in written.items()]
    digests = [
        f"  {hashlib.sha256(content).hexdigest()}  {name}"
        for name, content in files.items()
        if name not in ("LISEZMOI.txt", "README.txt")
    ]
    template = README_FR if is_french else README_EN
    return template.format(
        title=TITLE_FR if is_french else TITLE_EN,
        filters=notes.words(lang),
        address=address(f"{API}/extract.zip", call),
        version=notes.version,
        covered=notes.covered_until.isoformat(),
        counts="\n".join(counts),
        digests="\n".join(digests),
        licence=LICENCE_FR if is_french else LICENCE_EN,
        licence_url=LICENCE_URL,
        citation=notes.citation(lang),
    ).encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    day = data.metadata()["recorded_until"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=(day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


README_FR = """{title}

Sélection\u202f: {filters}
Adresse\u202f: {address}
Version des données\u202f: {version} (annonces relevées jusqu’au {covered})

Lignes par ressource\u202f:
{counts}

Unités\u202f: montants en millions d’euros (_meur), puissances en mégawatts (_mw), emplois en nombre, surfaces en
hectares (_ha). Vide veut dire inconnu, jamais zéro. Une fourchette va de _low à _high\u202f; low seul est « au moins »,
high seul « jusqu’à ». N’additionnez que les colonnes _net_ des projets où is_counted est vrai\u202f: elles ne comptent
rien deux fois. Les emplois ne s’additionnent que par périmètre, les puissances que par nature.

Colonnes\u202f: datapackage.json. Fichier tenu par l’observatoire\u202f: schema.json. Requêtes\u202f: dossier sql.

Licence\u202f: {licence} – {licence_url}
Pour citer\u202f: {citation}

SHA-256\u202f:
{digests}
"""

README_EN = """{title}

Selection: {filters}
Address: {address}
Data version: {version} (announcements collected up to {covered})

Rows in each resource:
{counts}

Units: amounts in million euros (_meur), power in megawatts (_mw), jobs as a number, areas in hectares (_ha). Blank
means unknown, never zero. A range goes from _low to _high; low alone is “at least”, high alone “up to”. Add up only
the _net_ columns of projects whose is_counted is true: they count nothing twice. Jobs add up within one scope only,
power within one kind only.

Columns: datapackage.json. The observatory's own file: schema.json. Queries: folder sql.

Licence: {licence} – {licence_url}
How to cite: {citation}

SHA-256:
{digests}
"""
