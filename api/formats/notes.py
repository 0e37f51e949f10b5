"""What goes with a table wherever it is taken: what it is, its selection, its version, its licence, its columns.

Rule: nothing here depends on the clock or on who asks, so that one selection of one version is written in one way.
"""

from dataclasses import dataclass
from datetime import date

from queries import Resource
from queries.dictionary import Column

LICENCE = "etalab-2.0"
LICENCE_FR = "Licence Ouverte 2.0 (Etalab)"
LICENCE_EN = "Licence Ouverte 2.0 (Etalab), open licence"
LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
NAME = "Infra IA France"
TITLE_FR = "Infra IA France, l’observatoire des annonces d’infrastructures d’IA"
TITLE_EN = "Infra IA France, the observatory of AI-infrastructure announcements in France"


@dataclass(frozen=True)
class Notes:
    """What is said with a table: `path` is its address on our own host; `total` its rows before `limit`.

    `words_fr` and `words_en` are the filters, (title, values); `columns` are the columns written, in order.
    """

    resource: Resource
    columns: tuple[Column, ...]
    path: str
    params: tuple[tuple[str, tuple[str, ...]], ...]
    words_fr: tuple[tuple[str, str], ...]
    words_en: tuple[tuple[str, str], ...]
    version: str
    covered_until: date
    recorded_until: date
    total: int
    offset: int = 0
    dialect: str = "standard"
    lang: str = "fr"

    def words(self, lang: str) -> str:
        """Return the filters in one line, in `lang`."""
        pairs = self.words_en if lang == "en" else self.words_fr
        colon = ": " if lang == "en" else "\u202f: "
        whole = "no filter" if lang == "en" else "aucun filtre"
        return "; ".join(f"{title}{colon}{values}" for title, values in pairs) or whole

    def citation(self, lang: str) -> str:
        """Return how to cite the table, in `lang`."""
        if lang == "en":
            return f"{TITLE_EN}, “{self.resource.title_en}”, data version {self.version}, {LICENCE_EN}."
        return f"{TITLE_FR}, «\u202f{self.resource.title_fr}\u202f», version {self.version}, {LICENCE_FR}."
