"""What a check answers: problems and a report.

Rule: facts only, no words. The sentences of every code, in both languages, are in `messages.toml`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

# As many lines of one kind as a person corrects one by one; beyond, one says it for all.
MOST_ALIKE = 5


@dataclass(frozen=True)
class Problem:
    """One thing to correct.

    `line` is the physical line, as an editor numbers it, and None when the whole file is meant; `column` is
    None when the whole line is. `value` is what is there; `expected` the very text to write instead ("" to
    leave the cell blank), None when it cannot be known. `details` hold what else the sentence names: text,
    numbers, lists of codes, or labels (`etl.schema.Label`) to be said in the reader's language. `is_form` says
    that `normalise` repairs it; `others` are the further lines of which the same is to be said.
    """

    line: int | None
    column: str | None
    code: str
    value: str = ""
    expected: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    is_form: bool = False
    others: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """The number of problems that it stands for."""
        return 1 + len(self.others)

    @property
    def place(self) -> tuple[int | None, str | None]:
        """The cell meant: two problems of one place are about one cell."""
        return self.line, self.column


@dataclass(frozen=True)
class Report:
    """The outcome of a check: every problem by line, then column, and what was counted in the file.

    Problems alike are folded into the first (`fold`). `warnings` forbid nothing, and are looked for on demand.
    """

    file: str
    problems: tuple[Problem, ...]
    claims: int
    projects: int
    warnings: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the file may be built."""
        return not self.problems

    @property
    def count(self) -> int:
        """The number of problems, those folded into another included."""
        return sum(problem.count for problem in self.problems)


def fold(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the problems in their order, each of them for all those alike when these are too many to be read.

    Alike are those of one code and column: whatever the value, where `normalise` repairs them or the line is
    meant; with the same value otherwise.
    """
    alike: dict[tuple[str | None, ...], list[Problem]] = {}
    for problem in problems:
        value = "" if problem.column is None or problem.is_form else problem.value
        alike.setdefault((problem.code, problem.column, value), []).append(problem)
    many = {id(held[0]): held[1:] for held in alike.values() if len(held) > MOST_ALIKE}
    folded = {id(problem) for held in many.values() for problem in held}
    for problem in problems:
        if id(problem) not in folded:
            others = tuple(other.line or 0 for other in many.get(id(problem), ()))
            yield replace(problem, others=others) if others else problem
