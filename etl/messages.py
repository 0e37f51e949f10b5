"""From a problem to a sentence.

Rule: all words are in `messages.toml`; this module only puts values into them, on one line, with the
typography of the language.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.closest import plain
from etl.problems import Problem, Report
from etl.schema import Label

MESSAGES = Path(__file__).with_name("messages.toml")
LONGEST_VALUE_SHOWN = 160  # a terminal line or two; the JSON form holds the whole value
LONGEST_ADVICE = 2_000  # what is to be typed is not cut, unless no one could have typed it
MOST_LINES_LISTED = 10
NARROW, WIDE = "\u202f", "\u00a0"
FRENCH_SPACES = (
    ("« ", f"«{NARROW}"),
    (" »", f"{NARROW}»"),
    (" ;", f"{NARROW};"),
    (" ?", f"{NARROW}?"),
    (" :", f"{WIDE}:"),
)


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
    said_fully = _others(_fill(template[lang], lang, **words, file=_argument(file)), problem, lang)
    place = "file" if problem.line is None else "line" if problem.column is None else "cell"
    return _fill(
        _table()["place"][place][lang],
        lang,
        file=shown(file),
        line=problem.line,
        column=shown(problem.column or ""),
        sentence=said_fully,
    )


def sentences(report: Report, lang: str) -> list[str]:
    """Return every problem of the report on one line each, in the order of the report."""
    return [sentence(problem, report.file, lang) for problem in report.problems]


def change(made: Problem, lang: str) -> str:
    """Return on one line what `normalise` changes: « ligne 42, investment_low_meur : « 1 200,5 » → « 1200.5 » »."""
    table = _table()["change"]
    details = {name: _word(value, lang) for name, value in made.details.items()}
    value, expected = (_quote(shown(text or ""), lang) for text in (made.value, made.expected))
    words = {**details, "value": value, "expected": expected, "plain": shown(made.value)}
    if made.code not in table:
        return _fill(table["cell"][lang], lang, **words, line=made.line, column=shown(made.column or ""))
    is_whole = made.line is None or made.code in _table()["kind"]["file"]["codes"]
    place = "file" if is_whole else "line"
    return _fill(table[place][lang], lang, line=made.line, change=_fill(table[made.code][lang], lang, **words))


def warning_lines(report: Report, lang: str) -> list[str]:
    """Return the warnings under their heading, then their number by kind; nothing where there are none."""
    if not report.warnings:
        return []
    words = {
        "warnings": counted("warnings", sum(warning.count for warning in report.warnings), lang),
        "kinds": kinds(report.warnings, lang),
    }
    table = _table()["summary"]
    told = [sentence(warning, report.file, lang) for warning in report.warnings]
    return [_fill(table["heading"][lang], lang), *told, _fill(table["warnings"][lang], lang, **words)]


def summary(report: Report, lang: str) -> str:
    """Return the outcome in one sentence: « 439 déclarations, 134 projets : aucun problème. »"""
    words = {
        "claims": counted("claims", report.claims, lang),
        "projects": counted("projects", report.projects, lang),
        "problems": counted("problems", report.count, lang),
        "kinds": kinds(report.problems, lang),
    }
    return _fill(_table()["summary"]["ok" if report.ok else "problems"][lang], lang, **words)


def form_line(report: Report, lang: str) -> str | None:
    """Return the sentence that tells how many of the problems are of form only, None when there are none."""
    number = sum(problem.count for problem in report.problems if problem.is_form)
    if not number:
        return None
    count = counted("problems", number, lang)
    return _fill(_table()["summary"]["form"][lang], lang, count=count, file=_argument(report.file))


def kinds(problems: Sequence[Problem], lang: str) -> str:
    """Return the number of problems of each kind, the most frequent first: « 5 dates, 4 nombres, 3 codes »."""
    numbers: dict[str, int] = {}
    for problem in problems:
        kind = _kind(problem)
        numbers[kind] = numbers.get(kind, 0) + problem.count
    ordered = sorted(numbers, key=lambda kind: -numbers[kind])
    return ", ".join(_counted(_table()["kind"][kind]["noun"], numbers[kind], lang) for kind in ordered)


def counted(name: str, number: int, lang: str) -> str:
    """Return a number of claims, projects, problems… with its noun (in French zero is singular)."""
    return _counted(_table()["counted"][name], number, lang)


def shown(text: str, *, longest: int = LONGEST_VALUE_SHOWN) -> str:
    """Return `text` on one line, control signs escaped and, beyond the `longest`, cut with an ellipsis."""
    cut = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return "".join(sign if sign.isprintable() or sign in NARROW + WIDE else _escape(sign) for sign in cut)


def command(name: str, lang: str, **words: str) -> str:
    """Return what the command line says besides problems: "built", "missing", "unwritten"."""
    return told("command", name, lang, **words)


def told(table: str, name: str, lang: str, **words: Any) -> str:
    """Return the words of `name` in a table of `messages.toml`. Raises KeyError where there are none."""
    return _fill(_table()[table][name][lang], lang, **words)


def advice(problem: Problem, file: str, lang: str) -> str:
    """Return the sentence of a problem alone, for who sees the cell it is about: without file, line and column."""
    said = sentence(replace(problem, line=None), file, lang).removeprefix(shown(file)).lstrip(" :\u00a0\u202f")
    return said[:1].upper() + said[1:]


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


def _counted(nouns: Mapping[str, Sequence[str]], number: int, lang: str) -> str:
    singular = number < 2 if lang == "fr" else number == 1
    grouped = f"{number:,}".replace(",", NARROW) if lang == "fr" else f"{number:,}"
    return f"{grouped} {nouns[lang][0 if singular else 1]}"


def _kind(problem: Problem) -> str:
    named = _table()["kind"]
    kind = next(name for name, held in named.items() if problem.code in held["codes"])
    of_column = next((name for name, held in named.items() if problem.column in held.get("columns", ())), kind)
    return of_column if kind in ("code", "text") else kind


def _others(said: str, problem: Problem, lang: str) -> str:
    if not problem.others:
        return said
    listed = [str(line) for line in problem.others[:MOST_LINES_LISTED]]
    if len(problem.others) > MOST_LINES_LISTED:
        listed.append("…")
    words = _table()["words"]
    lines = _fill(words["lines"][lang], lang, count=len(problem.others), list=", ".join(listed))
    return _fill(words["others"][lang], lang, sentence=said, lines=lines)


def _argument(file: str) -> str:
    """Return the path as it is to be typed after a command."""
    return f'"{shown(file)}"' if " " in file else shown(file)


def _fill(template: str, lang: str, **words: Any) -> str:
    if lang == "fr":
        for plain, narrow in FRENCH_SPACES:
            template = template.replace(plain, narrow)
    return template.format(**words)


def _escape(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")


def _word(value: Any, lang: str) -> str:
    if isinstance(value, Label):
        return value.name(lang)
    if isinstance(value, Decimal):
        number = f"{value.normalize():f}"
        return number.replace(".", ",") if lang == "fr" else number
    return shown(str(value))


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
