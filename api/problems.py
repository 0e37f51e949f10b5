"""What is wrong with a call, in words: which parameter, what it says, what may stand there.

Rule: facts are raised, words are made here, in both languages; a value is cut, so that an answer stays short.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# More would hide the sentence; the whole list is in the OpenAPI document.
ALLOWED_SHOWN = 500
VALUE_SHOWN = 200
# A call has a dozen parameters; one that repeats a wrong code a thousand times is told of the first.
PROBLEMS_SHOWN = 20

SENTENCES = {
    "unknown_parameter": (
        "Le paramètre « {name} » n’existe pas ici.",
        "There is no parameter “{name}” here.",
    ),
    "repeated": (
        "Le paramètre « {name} » ne peut être donné qu’une fois.",
        "The parameter “{name}” may be given once only.",
    ),
    "unknown_code": (
        "« {value} » n’est pas un code de « {name} ».",
        "“{value}” is no code of “{name}”.",
    ),
    "unknown_columns": (
        "« {value} » n’est pas une colonne de cette ressource.",
        "“{value}” is no column of this resource.",
    ),
    "unknown_resource": (
        "« {value} » n’est pas une ressource.",
        "“{value}” is no resource.",
    ),
    "not_a_day": (
        "« {value} » n’est pas un jour : écrivez AAAA-MM-JJ, par exemple 2025-02-10.",
        "“{value}” is no day: write YYYY-MM-DD, for instance 2025-02-10.",
    ),
    "not_a_number": (
        "« {value} » n’est pas un nombre entier de 0 à 10 000 000.",
        "“{value}” is no whole number from 0 to 10,000,000.",
    ),
    "not_a_search": (
        "La recherche doit tenir en 1 à 200 caractères, sans caractère de commande.",
        "A search must hold in 1 to 200 characters, without control characters.",
    ),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: its code, the parameter, the value as written, what is allowed there."""

    code: str
    parameter: str
    value: str = ""
    allowed: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """Return the problem as it is answered."""
        fr, en = SENTENCES[self.code]
        value = self.value[:VALUE_SHOWN]
        told: dict[str, Any] = {
            "code": self.code,
            "parameter": self.parameter[:VALUE_SHOWN],
            "value": value,
            "message_fr": fr.format(name=self.parameter[:VALUE_SHOWN], value=value),
            "message_en": en.format(name=self.parameter[:VALUE_SHOWN], value=value),
        }
        if self.allowed:
            told["allowed"] = list(self.allowed[:ALLOWED_SHOWN])
            told["allowed_count"] = len(self.allowed)
        return told


class BadCall(Exception):
    """A call that cannot be answered as written; `problems` says everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.parameter}: {problem.code}" for problem in problems))
        self.problems = tuple(problems)
