"""The questions of `python -m etl add`, in their order: one for each column that is neither derived nor out of place.

Rule: order and columns come from the schema, in the groups of the page Contribuer. A project, a figure and a place are
asked for in one answer that fills several columns.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from etl.add_figures import UNITS, read_figure
from etl.add_known import Known, Row
from etl.add_offers import Offer, meant
from etl.add_places import PLACES, load_places
from etl.add_question import NEW, Misread, Question
from etl.closest import closest
from etl.messages import shown, told
from etl.new_row import OF_PROJECT, groups, propose_project_id
from etl.schema import Field

NEW_ID = "new_project_id"
LOW, HIGH, STATED = "_low", "_high", "_stated"
MOST_NAMED = 8  # of the places that a name may be


def make_questions(known: Known) -> list[Question]:
    """Return the questions in the order to ask them: the groups of the page Contribuer, words before their figure."""
    return [
        question
        for group, fields in groups(known.schema).items()
        for field in sorted(fields, key=_by_family(fields))
        for question in _questions(field, known, group)
    ]


class ProjectQuestion(Question):
    """Which project: one of the file, by identifier or name, or a new one."""

    def __init__(self, field: Field, known: Known, group: str) -> None:
        super().__init__(field, known, group)
        self.columns = (field.name, *OF_PROJECT)

    @property
    def title(self) -> str:
        """The question in a few words."""
        return told("add", "project", self.known.lang)

    @property
    def help(self) -> str:
        """What the answer is."""
        return f"{super().help} {told('add', 'project_help', self.known.lang)}"

    @cached_property
    def offers(self) -> Sequence[Offer]:
        """The new project, then those of the file."""
        return [Offer(NEW, told("add", "project_new", self.known.lang)), *self.known.project_offers]

    def read(self, typed: str) -> dict[str, str]:
        """Return the identifier and the identity of a project of the file, or the mark of a new one."""
        lang = self.known.lang
        if not typed:
            raise Misread(told("add", "project_blank", lang))
        if typed.endswith(NEW):
            return {NEW: typed.removesuffix(NEW).strip() or NEW}
        found = meant(self.offers[1:], typed)
        if len(found) == 1:
            return {"project_id": found[0].text, **self.known.identity(found[0].text)}
        if found:
            named = ", ".join(offer.text for offer in found)
            raise Misread(told("add", "project_several", lang, value=shown(typed), found=named))
        near = closest(typed, {offer.text: (offer.name, *offer.others) for offer in self.known.project_offers})
        name = "project_near" if near else "project_unknown"
        raise Misread(told("add", name, lang, value=shown(typed), near=near or ""))


class NewProjectQuestion(Question):
    """The identifier of a new project, proposed from its name."""

    def __init__(self, field: Field, known: Known, group: str) -> None:
        super().__init__(field, known, group)
        self.name = NEW_ID

    def applies(self, row: Row) -> bool:
        """Tell whether the project is new."""
        return NEW in row

    def default(self, row: Row) -> str:
        """Return the identifier made of the name, unlike those of the file."""
        return propose_project_id(row.get("project_name", ""), self.known.projects)

    def read(self, typed: str) -> dict[str, str]:
        """Return the identifier. Raises `Misread` where the file has it."""
        if typed in self.known.projects:
            raise Misread(told("add", "project_taken", self.known.lang, value=shown(typed)))
        return {"project_id": typed}


class FigureQuestion(Question):
    """Both ends of a figure in one answer, as a source writes them."""

    def __init__(self, field: Field, known: Known, group: str) -> None:
        super().__init__(field, known, group)
        self.unit = field.unit or ""
        self.columns = (field.name, field.name.replace(LOW, HIGH))

    @property
    def title(self) -> str:
        """The title of the low column without its end: « Investissement (M€) »."""
        return self.field.title_in(self.known.lang).replace(told("add", "low_end", self.known.lang), "")

    @property
    def help(self) -> str:
        """How the ends are written."""
        return told("add", "figure_help", self.known.lang)

    @property
    def example(self) -> str:
        """A figure of each kind is in the help."""
        return ""

    def proposed(self, row: Row) -> str:
        """Return the words of the source where they are a figure and nothing else."""
        stated = row.get(self.name.partition(LOW)[0] + STATED, "")
        return stated if read_figure(stated, self.unit) else ""

    def read(self, typed: str) -> dict[str, str]:
        """Return both ends; a text that is no figure is left as it is, to be judged as a number."""
        ends = read_figure(typed, self.unit) or (typed, typed)
        return dict(zip(self.columns, ends, strict=True))


class PlaceQuestion(Question):
    """The three codes of the place in one answer."""

    def __init__(self, field: Field, known: Known, group: str) -> None:
        super().__init__(field, known, group)
        self.columns = PLACES
        self.places = load_places(known.lang)

    @property
    def title(self) -> str:
        """The question in a few words."""
        return told("add", "place", self.known.lang)

    @property
    def help(self) -> str:
        """What the answer is."""
        return told("add", "place_help", self.known.lang)

    @property
    def example(self) -> str:
        """A commune as it is offered."""
        return "Cambrai (59)"

    @cached_property
    def offers(self) -> Sequence[Offer]:
        """All places by name."""
        return self.places.offers

    def read(self, typed: str) -> dict[str, str]:
        """Return the three codes. Raises `Misread` on a name that no place bears, or several."""
        codes = self.places.codes(typed)
        if isinstance(codes, dict):
            return codes
        lang, value = self.known.lang, shown(typed)
        if codes:
            raise Misread(told("add", "place_several", lang, value=value, found=", ".join(codes[:MOST_NAMED])))
        near = self.places.closest(typed)
        raise Misread(told("add", "place_near" if near else "place_unknown", lang, value=value, near=near))


def _questions(field: Field, known: Known, group: str) -> Iterator[Question]:
    name = field.name
    if name == "project_id":
        yield ProjectQuestion(field, known, group)
    elif name in PLACES:
        if name == PLACES[0]:
            yield PlaceQuestion(field, known, group)
    elif LOW in name and field.unit in UNITS:
        yield FigureQuestion(field, known, group)
    elif not (HIGH in name and field.unit in UNITS):
        yield Question(field, known, group)
    if name == "project_name_en":
        yield NewProjectQuestion(known.schema.field("project_id"), known, group)


def _by_family(fields: Sequence[Field]) -> Callable[[Field], tuple[int, bool]]:
    """Order fields as they are declared, the words of the source before the figure that they state."""
    names = [field.name for field in fields]
    stated = {name.removesuffix(STATED) for name in names if name.endswith(STATED)}

    def rank(field: Field) -> tuple[int, bool]:
        family = next((one for one in stated if field.name.startswith(f"{one}_")), None)
        first = next(at for at, name in enumerate(names) if name.startswith(f"{family}_")) if family else 0
        return (first if family else names.index(field.name)), not field.name.endswith(STATED)

    return rank
