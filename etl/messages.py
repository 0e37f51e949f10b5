"""From a problem to a sentence.

Rule: all words are in `messages.toml`; this module only puts values into them, on one line, with the
typography of the language.
"""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.closest import plain
from etl.problems import Problem, Report
from etl.schema import Label

MESSAGES = Path(__file__).with_name("messages.toml")
LONGEST_VALUE_SHOWN = 160  # a terminal line or two; the JSON form holds the whole value
LONGEST_ADVICE = 2_000  # what is to be typed is not cut, unless no one could have typed it
NARROW, WIDE = "\u202f", "\u00a0"
FRENCH_SPACES = (("« ", f"«{NARROW}"), (" »", f"{NARROW}»"), (" ;", f"{NARROW};"), (" :", f"{WIDE}:"))


def sentence(problem: Problem, file: str, lang: str) -> str:
    """Return the problem on one line in `lang` ("fr" or "en"): where, what is there, what to write.

    Raises KeyError when the code of the problem has no sentence.
    """
    said = _table()["sentence"][problem.code]
    case = {None: "unsure", "": "blank"}.get(problem.expected, "")
    template = said.get(case, said)
    details = {name: _word(value, lang) for name, value in problem.details.items()}
    words = {
        **details,
        "column": problem.column or "",
        "value": _quote(shown(problem.value), lang),
        "expected": _expected(problem, lang),
        "allowed": _choice(problem.details.get("allowed", ()), lang),
    }
    place = "file" if problem.line is None else "line" if problem.column is None else "cell"
    return _fill(
        _table()["place"][place][lang],
        lang,
        file=shown(file),
        line=problem.line,
        column=shown(problem.column or ""),
        sentence=_fill(template[lang], lang, **words),
    )


def sentences(report: Report, lang: str) -> list[str]:
    """Return every problem of the report on one line each, in the order of the report."""
    return [sentence(problem, report.file, lang) for problem in report.problems]


def summary(report: Report, lang: str) -> str:
    """Return the outcome in one sentence: « 439 déclarations, 134 projets : aucun problème. »"""
    words = {
        "claims": counted("claims", report.claims, lang),
        "projects": counted("projects", report.projects, lang),
        "problems": counted("problems", len(report.problems), lang),
    }
    return _fill(_table()["summary"]["ok" if report.ok else "problems"][lang], lang, **words)


def counted(name: str, number: int, lang: str) -> str:
    """Return a number of claims, projects, problems… with its noun (in French zero is singular)."""
    singular = number < 2 if lang == "fr" else number == 1
    one, many = _table()["counted"][name][lang]
    grouped = f"{number:,}".replace(",", NARROW) if lang == "fr" else f"{number:,}"
    return f"{grouped} {one if singular else many}"


def shown(text: str, *, longest: int = LONGEST_VALUE_SHOWN) -> str:
    """Return `text` on one line, control signs escaped and, beyond the `longest`, cut with an ellipsis."""
    cut = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return "".join(sign if sign.isprintable() or sign in NARROW + WIDE else _escape(sign) for sign in cut)


def command(name: str, lang: str, **words: str) -> str:
    """Return what the command line says besides problems: "built", "missing", "unwritten"."""
    return _fill(_table()["command"][name][lang], lang, **words)


def check_line(name: str, seen: int, warnings: int, lang: str) -> str:
    """Return a quality check on one line: « Arrêts confirmés : 3 vérifiés, 1 alerte. »"""
    told = counted("warnings", warnings, lang) if warnings else _table()["words"]["no_warning"][lang]
    return command("checked", lang, check=name, seen=counted("seen", seen, lang), warnings=told)


def step(name: str, lang: str) -> str:
    """Return the name of a step of the build, or the step itself where it has none."""
    return str(_table()["step"].get(name, {}).get(lang, name))


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(MESSAGES.read_text(encoding="utf-8"))


def _fill(template: str, lang: str, **words: Any) -> str:
    if lang == "fr":
        for plain, narrow in FRENCH_SPACES:
            template = template.replace(plain, narrow)
    return template.format(**words)


def _escape(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")


def _word(value: Any, lang: str) -> str:
    return value.name(lang) if isinstance(value, Label) else shown(str(value))


def _quote(text: str, lang: str) -> str:
    return _fill(_table()["words"]["quoted"][lang], lang, text=text)


def _expected(problem: Problem, lang: str) -> str:
    """What to write: a code with its name if that says more, 32 (Hauts-de-France); words in quotes."""
    expected = shown(problem.expected or "", longest=LONGEST_ADVICE)
    label = problem.details.get("label")
    if label and plain(_word(label, lang)) != plain(expected):
        return f"{expected} ({_word(label, lang)})"
    return _quote(expected, lang) if " " in expected else expected


def _choice(codes: Sequence[str], lang: str) -> str:
    if len(codes) < 2:
        return "".join(codes)
    return f"{', '.join(codes[:-1])} {_table()['words']['or'][lang]} {codes[-1]}"
