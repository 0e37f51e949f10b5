"""What a check answers: problems and a report.

Rule: facts only, no words. The sentences of every code, in both languages, are in `messages.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing to correct.

    `line` is the physical line, as an editor numbers it, and None when the whole file is meant; `column` is
    None when the whole line is. `value` is what is there; `expected` the very text to write instead ("" to
    leave the cell blank), None when it cannot be known. `details` hold what else the sentence names: text,
    numbers, lists of codes, or labels (`etl.schema.Label`) to be said in the reader's language.
    """

    line: int | None
    column: str | None
    code: str
    value: str = ""
    expected: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> tuple[int | None, str | None]:
        """The cell meant: two problems of one place are about one cell."""
        return self.line, self.column


@dataclass(frozen=True)
class Report:
    """The outcome of a check: every problem by line, then column, and what was counted in the file."""

    file: str
    problems: tuple[Problem, ...]
    claims: int
    projects: int

    @property
    def ok(self) -> bool:
        """Whether the file may be built."""
        return not self.problems
