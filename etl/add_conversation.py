"""The order of the questions of `python -m etl add`: forward, back, again, until every one that applies is answered.

Rule: what is kept is what was typed; the row is read from it anew each time, so that an answer changed earlier changes
what follows from it. An answer is refused only by the check itself, and what was typed is never lost.
"""

from collections.abc import Sequence

from etl.add_known import Known, Row
from etl.add_offers import Offer
from etl.add_prompt import Prompter
from etl.add_question import NEW, Misread, Question
from etl.add_questions import make_questions
from etl.messages import advice, sentence, told
from etl.problems import Problem
from etl.trial import try_row

BACK, HELP = "<", "?"
# What a new project is called for the check, until it has a name.
UNNAMED = "nouveau-projet"


class Conversation:
    """The answers given so far, in the order in which they were given."""

    def __init__(self, known: Known, prompter: Prompter, path: str) -> None:
        self._known, self._prompter, self._path = known, prompter, path
        self.questions = make_questions(known)
        self._answers: dict[str, str] = {}
        self._drafts: dict[str, str] = {}  # typed before, to be put again
        self._group = ""

    @property
    def row(self) -> Row:
        """The row as the answers make it, up to the first question without one."""
        return self._next()[1]

    def ask_all(self) -> Row:
        """Ask what is not answered yet, and return the row. Raises what `Prompter.ask` raises."""
        while True:
            question, row = self._next()
            if question is None:
                return row
            self._ask(question, row)

    def go_back(self) -> None:
        """Ask the last answer again."""
        current = self._next()[0]
        while self._answers:
            name, typed = self._answers.popitem()
            self._drafts[name] = typed
            if self._next()[0] is not current:
                return
        self._say("first_question")

    def reopen(self, column: str) -> None:
        """Ask again the question that fills a column; the first one, where none does."""
        asked = [question for question in self.questions if question.name in self._answers]
        question = next((one for one in reversed(asked) if column in one.columns), asked[0])
        self._drafts[question.name] = self._answers.pop(question.name)

    def column_offers(self) -> Sequence[Offer]:
        """Return the columns that may be asked again, by name and title."""
        return [
            Offer(one.columns[0], one.title, others=one.columns) for one in self.questions if one.name in self._answers
        ]

    def correct(self, problem: Problem, line: int) -> None:
        """Say what the whole row, which stands at `line`, makes wrong, and ask again for the column at fault."""
        is_own = problem.line == line
        said = self._advice(problem) if is_own else sentence(problem, self._path, self._known.lang)
        self._prompter.say(f"  ! {told('add', 'cell', self._known.lang, column=problem.column or '', value=said)}")
        self.reopen(problem.column or "")

    def _next(self) -> tuple[Question | None, dict[str, str]]:
        """Return the first question that applies and has no answer, and the row as those before it make it."""
        row: dict[str, str] = {}
        for question in self.questions:
            if not question.applies(row):
                continue
            if question.name not in self._answers:
                return question, row
            row |= question.read(self._answers[question.name] or question.default(row))
        return None, row

    def _ask(self, question: Question, row: Row) -> None:
        if question.group != self._group:
            self._group = question.group
            self._prompter.say(f"\n{told('add_group', question.group, self._known.lang)}")
        default = question.default(row)
        draft = self._drafts.get(question.name)
        written = question.proposed(row) if draft is None else draft
        wording = self._wording(question, default)
        typed = self._prompter.ask(wording, written=written, offers=question.offers, help=self._help(question))
        if typed in (BACK, written + BACK):  # nobody erases a text to leave it
            self.go_back()
        elif typed in (HELP, written + HELP):
            self._explain(question)
        elif faults := self._judge(question, row, typed or default):
            self._drafts[question.name] = typed
            for fault in faults:
                self._prompter.say(f"  ! {fault}")
        else:
            self._drafts.pop(question.name, None)
            self._answers[question.name] = typed
            self._echo(question.read(typed or default), typed)

    def _judge(self, question: Question, row: Row, typed: str) -> list[str]:
        """Return what is wrong with the cells that the answer fills, in their place in the file."""
        try:
            cells = question.read(typed)
        except Misread as misread:
            return [str(misread)]
        tried = {**row, **cells}
        if NEW in tried:
            tried.setdefault("project_id", UNNAMED)
        trial = try_row(self._known.content, tried, self._known.schema, is_sound=True)
        found = [one for one in trial.problems if one.line == trial.placed.number and one.column in cells]
        return list(dict.fromkeys(self._advice(problem) for problem in found))

    def _advice(self, problem: Problem) -> str:
        return advice(problem, self._path, self._known.lang)

    def _wording(self, question: Question, default: str) -> str:
        name = "asked_default" if default else "asked_required" if question.required else "asked"
        return told("add", name, self._known.lang, title=question.title, default=default)

    def _help(self, question: Question) -> str:
        lang = self._known.lang
        example = told("add", "example", lang, example=question.example) if question.example else ""
        return "\n".join(filter(None, (question.help, example, told("add", "keys", lang))))

    def _explain(self, question: Question) -> None:
        self._prompter.say(f"  {question.help}")
        for code, label in self._known.codes(question.field).items():
            said = ", ".join(filter(None, (label.name(self._known.lang), label.description(self._known.lang))))
            self._prompter.say(f"  {told('add', 'cell', self._known.lang, column=code, value=said)}")

    def _echo(self, cells: Row, typed: str) -> None:
        """Say what the answer writes, where that is not what was typed."""
        written = {column: value for column, value in cells.items() if value and value != typed and column != NEW}
        if written:
            self._prompter.say(f"  → {', '.join(self._known.cell(*cell) for cell in written.items())}")

    def _say(self, name: str) -> None:
        self._prompter.say(f"  {told('add', name, self._known.lang)}")
