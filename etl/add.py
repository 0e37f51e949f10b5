"""`python -m etl add`: ask for a row, show it with what it changes, and write it in its place.

Rule: nothing is written before a clear yes, nor where the file has a problem or is no longer the one that was read.
"""

import sys
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from etl.add_conversation import BACK, Conversation
from etl.add_known import Known, Row
from etl.add_offers import meant
from etl.add_places import load_places
from etl.add_prompt import Prompter
from etl.alerts import find_alerts
from etl.check import check_file, named
from etl.console import YES
from etl.messages import advice, command, sentences, summary, told
from etl.new_row import commit_sentence
from etl.normalise import FileChanged, write_content
from etl.placing import write_line
from etl.problems import Problem
from etl.reference import load_reference
from etl.rows import Row as CheckedRow
from etl.schema import load_schema
from etl.trial import Trial, try_row

NO = {"n", "non", "no"}


def add(path: Path, lang: str, *, today: date, prompter: Prompter | None = None) -> int:
    """Ask for a row of `path` and append it; return the exit status, 1 where nothing was written.

    Without a `prompter`, the person is at the terminal. Raises FileNotFoundError where a reference table is missing.
    """
    if prompter is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _refuse([command("add_no_terminal", lang)])
    report = check_file(path)
    if not report.ok:
        return _refuse([*sentences(report, lang), summary(report, lang), command("add_check_first", lang)])
    before = path.read_bytes()
    known = Known(before.decode("utf-8"), load_schema(), load_reference(), today, lang)
    # The names of 35,000 communes are made ready while the first questions are answered.
    threading.Thread(target=lambda: load_places(lang).offers, daemon=True).start()
    return _Adding(path, before, known, prompter or Prompter()).run()


def _refuse(lines: Sequence[str]) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return 1


class _Adding:
    """One row on its way into the file."""

    def __init__(self, path: Path, before: bytes, known: Known, prompter: Prompter) -> None:
        self._path, self._before, self._known, self._prompter = path, before, known, prompter
        self._conversation = Conversation(known, prompter, named(path))

    def run(self) -> int:
        """Ask, show and write; return the exit status."""
        self._say("intro")
        try:
            return self._run()
        except (KeyboardInterrupt, EOFError):
            row = self._conversation.row
            if row.get("announced_on"):  # more than a project chosen by chance
                self._keep(row)
            return _refuse([command("given_up", self._known.lang)])

    def _run(self) -> int:
        while True:
            row = self._conversation.ask_all()
            trial = try_row(self._known.content, row, self._known.schema, self._known.today, is_sound=True)
            if trial.problems:
                self._conversation.correct(trial.problems[0], trial.placed.number)
                continue
            self._show(row, trial)
            while answer := self._confirm():
                if answer in NO:
                    return _refuse([command("declined", self._known.lang)])
                if (status := self._write(row, trial)) is not None:
                    return status

    def _confirm(self) -> str:
        """Return a yes or a no; "" where a question is to be asked again."""
        offers = self._conversation.column_offers()
        while True:
            wording = told("add", "confirm", self._known.lang, path=named(self._path))
            typed = self._prompter.ask(wording, offers=offers).casefold()
            if typed in YES | NO:
                return typed
            if typed == BACK:
                self._conversation.go_back()
                return ""
            if found := meant(offers, typed):
                self._conversation.reopen(found[0].text)
                return ""
            self._say("confirm_help")

    def _show(self, row: Row, trial: Trial) -> None:
        from etl.add_effect import effect_lines, find_effect  # pandas takes a second, which nobody waits for to begin

        schema, placed = self._known.schema, trial.placed
        self._say("row")
        for field in schema.fields:
            if value := row.get(field.name, ""):
                self._prompter.say(f"  {self._known.cell(field.name, value)}")
        where = "between" if placed.after and placed.before else "last" if placed.after else "first"
        self._say(f"line_{where}", number=str(placed.number), after=placed.after, before=placed.before)
        self._prompter.say(placed.line)
        alerts = [*trial.alerts, *self._weak_sources(row)]
        if alerts:
            self._say("alerts")
        for alert in alerts:
            self._tell(alert)
        self._say("building")
        effect = find_effect(self._known.content, placed.content, row)
        if effect.disagreements:
            self._say("disagreements", claims=", ".join(effect.disagreements))
        self._say("effects")
        for line in effect_lines(effect.changes, schema, self._known.reference, self._known.lang):
            self._prompter.say(f"  {line}")

    def _weak_sources(self, row: Row) -> list[Problem]:
        """Return the alert on a project that rests, with this row, on weak sources only."""
        held = [one for one in self._known.rows if one["project_id"] == row["project_id"]]
        rows = [CheckedRow(line, cells, frozenset()) for line, cells in enumerate([*held, row], start=1)]
        found = find_alerts(rows, self._known.schema, self._known.today)
        return [alert for alert in found if alert.code == "sources-weak"]

    def _tell(self, alert: Problem) -> None:
        said = advice(alert, named(self._path), self._known.lang)
        if alert.column:
            said = told("add", "cell", self._known.lang, column=alert.column, value=said)
        self._prompter.say(f"  {said}")

    def _write(self, row: Row, trial: Trial) -> int | None:
        """Write the row, and return the exit status; None where the file is locked, as a spreadsheet does."""
        lang, path = self._known.lang, named(self._path)
        try:
            write_content(self._path, self._before, trial.placed.content.encode("utf-8"))
        except FileChanged:
            self._keep(row)
            return _refuse([command("moved_on", lang, path=path)])
        except OSError:
            self._prompter.say(f"  ! {command('unwritable', lang, path=path)}")
            return None
        self._say("written", path=path, number=str(trial.placed.number))
        self._say("next", path=path)
        self._prompter.say(f"  {commit_sentence(row, self._known.schema, lang)}")
        return 0

    def _keep(self, row: Row) -> None:
        """Show a row that is not written, for who wants to take it up again."""
        self._say("kept")
        self._prompter.say(write_line(self._known.schema.names, row))

    def _say(self, name: str, **words: str) -> None:
        self._prompter.say(told("add", name, self._known.lang, **words))
