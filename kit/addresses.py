"""The addresses of the kit: of a chart, of a project or a region, of a table, of the files that a page needs.

Rule: the path names the subject and the language, the parameters are those of the page that shows it; what an address
asks for has one form, by which it is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode

from pages.shared.addresses import KITS, kit_path
from pages.shared.charts.register import CHARTS
from pages.shared.texts import LANGUAGES
from queries import Ignored, Selection

# What gathers several pictures: by its name in an address, the parameter that names it and the page that shows it.
GATHERED = MappingProxyType({"projet": ("project", "projects"), "region": ("region", "regions")})
FILES = "fichier"
TABLE = ".csv"
EXCEL = "excel-fr"
# A longer query is answered without being read: all the codes of all the filters hold in it.
LONGEST_QUERY = 8_192

Params = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Page:
    """What a path asks for: `subject` is "" for the list of all, a chart, "projet", "region", or something unknown;
    `file` is the name of a file of the room, `is_table` asks for the rows."""

    lang: str
    subject: str = ""
    is_table: bool = False
    file: str = ""

    @property
    def exists(self) -> bool:
        """Whether the subject is one of ours, and has rows where they are asked for."""
        return self.subject in CHARTS or (not self.is_table and self.subject in ("", *GATHERED))


@dataclass(frozen=True)
class Asked:
    """A page with the parameters that were understood: `options` are those of the chart, in words of the address.

    `dialect` is that of the table; `ignored` is what was not understood, for the reader to know.
    """

    page: Page
    selection: Selection = field(default_factory=Selection)
    options: tuple[tuple[str, str], ...] = ()
    is_embedded: bool = False
    dialect: str = ""
    ignored: tuple[Ignored, ...] = ()

    @property
    def lang(self) -> str:
        """The language of the answer."""
        return self.page.lang

    @property
    def nature(self) -> str:
        """What the page is, as the sheets tell theirs: "index" for the list of all, else "kit"."""
        return "kit" if self.page.subject else "index"

    @property
    def params(self) -> dict[str, list[str]]:
        """The parameters of the address in their one form, without the language."""
        return self.selection.to_params() | {name: [value] for name, value in self.options}

    @property
    def path(self) -> str:
        """The path of the kit with its parameters."""
        return kit_path(self.page.subject, self.lang, self.params) if self.page.subject else KITS[self.lang]

    def in_language(self, lang: str) -> "Asked":
        """Return the same in another language."""
        return replace(self, page=replace(self.page, lang=lang))

    def table_path(self, dialect: str = "") -> str:
        """Return the path of the rows, plain or in a dialect."""
        more = {"dialect": dialect} if dialect else {}
        return kit_path(self.page.subject + TABLE, self.lang, {**self.params, **more})

    @property
    def key(self) -> tuple[str, ...]:
        """What tells this answer from another one of the same data."""
        told = [f"{one.name}={one.value}" for one in self.ignored]
        form = ("csv" if self.page.is_table else "", "embed" if self.is_embedded else "", self.dialect)
        return (self.page.subject, self.lang, *form, urlencode(self.params, doseq=True), *told)


def read_path(path: str) -> Page | None:
    """Return what a path (decoded) asks for, None where it is not ours to answer."""
    for lang, root in KITS.items():
        if path.rstrip("/") == root:
            return Page(lang)
        if path.startswith(f"{root}/"):
            rest = path.removeprefix(f"{root}/").rstrip("/")
            folder, _, name = rest.partition("/")
            if folder == FILES and name:
                return Page(lang, file=name)
            return Page(lang, rest.removesuffix(TABLE), rest.endswith(TABLE))
    return None


def file_path(name: str) -> str:
    """Return the path of a file of the room, the same in both languages."""
    return f"{KITS[LANGUAGES[0]]}/{FILES}/{name}"


def read_query(query: bytes) -> dict[str, list[str]]:
    """Return the parameters of a query string. Raises ValueError on one too long to be ours."""
    if len(query) > LONGEST_QUERY:
        raise ValueError(len(query))
    params: dict[str, list[str]] = {}
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        params.setdefault(name, []).append(value)
    return params
