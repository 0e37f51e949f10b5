"""One question: its words, its help, what completes it, what a blank means, and the cells that its answer fills.

Rule: titles, help, codes, examples come from the schema; a column that is declared there is asked for without a word
here. What is known by name is only what makes a question other than the plain one.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from etl.add_known import Known, Row
from etl.add_offers import Offer, meant
from etl.new_row import OF_PROJECT, propose_id
from etl.project_rules import IDENTITY
from etl.row_rules import SCOPES, UNSPECIFIED
from etl.schema import Field

# What opens a new project (after its name or alone), and marks a row that does: no column is called so.
NEW = "+"
# What a blank means in a column that is never left blank.
DEFAULTS: Mapping[str, Callable[[Row, Known], str]] = {
    "id": lambda row, known: propose_id(row, {held["id"] for held in known.rows}),
    "recorded_on": lambda row, known: known.today.isoformat(),
}


class Misread(Exception):
    """An answer that means nothing to its question; the message says what to write."""


class Question:
    """What is asked for one column. `name` tells questions apart, `columns` are those that the answer fills."""

    def __init__(self, field: Field, known: Known, group: str) -> None:
        self.field, self.known, self.group = field, known, group
        self.name = field.name
        self.columns: tuple[str, ...] = (field.name,)

    @property
    def title(self) -> str:
        """The question in a few words."""
        return self.field.title_in(self.known.lang)

    @property
    def help(self) -> str:
        """What the answer is."""
        return self.field.description_in(self.known.lang)

    @property
    def example(self) -> str:
        """An answer that would do."""
        return self.field.example

    @property
    def required(self) -> bool:
        """Whether a blank is refused where nothing is proposed."""
        return self.field.required or self.name in IDENTITY

    @cached_property
    def offers(self) -> Sequence[Offer]:
        """What the answer may be completed with: codes by their labels, projects, words that the column holds."""
        if self.name == "part_of":
            return self.known.project_offers
        labels = self.known.codes(self.field)
        if labels:
            other = "fr" if self.known.lang == "en" else "en"
            return [
                Offer(code, label.name(self.known.lang), label.description(self.known.lang), (label.name(other),))
                for code, label in labels.items()
            ]
        return self.known.written(self.field)

    def applies(self, row: Row) -> bool:
        """Tell whether the question is to be asked, after the answers that `row` holds."""
        if self.name in OF_PROJECT:
            return NEW in row
        if self.name in SCOPES:
            return any(row.get(figure) for figure in SCOPES[self.name])
        return not (self.name == "sites_count" and row.get("kind") == "site")

    def default(self, row: Row) -> str:
        """Return what a blank answer means, "" where it means that nothing is known."""
        if self.name in SCOPES:
            return UNSPECIFIED
        return DEFAULTS[self.name](row, self.known) if self.name in DEFAULTS else ""

    def proposed(self, row: Row) -> str:
        """Return an answer to be read again before it is given: it may be changed or erased."""
        if self.name == "project_name":
            return row[NEW].removeprefix(NEW)
        if self.name == "source_kind":
            return self.known.usual("source_kind", "source_publisher", row.get("source_publisher", ""))
        return ""

    def read(self, typed: str) -> dict[str, str]:
        """Return the cells that the answer fills, in the form that the file wants. Raises `Misread`."""
        is_code = self.name == "part_of" or bool(self.known.codes(self.field))
        found = meant(self.offers, typed) if is_code else []
        text = found[0].text if len(found) == 1 else typed
        repaired = self.known.forms.repair(self.field, text) if text else None
        return {self.name: repaired[0] if repaired else text}
