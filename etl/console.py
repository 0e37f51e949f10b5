"""The command line as seen by people: its arguments and its one line of progress.

Rule: what is asked and shown is in French, as staff read it; nothing is checked or built here.
"""

import argparse
import re
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from etl.messages import step
from etl.schema import ANNOUNCEMENTS, DATABASE

SILENCE = 1.5  # seconds before a progress line is worth showing
BAR_WIDTH = 24
YES = {"o", "oui", "y", "yes"}
# argparse speaks English; these are the mistakes that its user can make.
USAGE_ERRORS = (
    (
        r"argument (\S+): invalid choice: (.+) \(choose from (.+)\)",
        "{0} : {1} n’est pas permis ; écrivez {2}.",
    ),
    (r"argument (\S+): expected one argument", "{0} : il manque une valeur."),
    (r"unrecognized arguments: (.+)", "{0} : argument inconnu ; supprimez-le."),
)


class FrenchFormatter(argparse.HelpFormatter):
    """argparse's own layout, with « usage : »."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Add the line of usage."""
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)


class FrenchParser(argparse.ArgumentParser):
    """An argument parser whose help and errors are in French."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=FrenchFormatter, add_help=False, **options)
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="montre cette aide")

    def error(self, message: str) -> NoReturn:
        """Print the usage and the mistake, and leave with status 2."""
        said = "commande non comprise ; voyez l’aide par --help."
        for pattern, french in USAGE_ERRORS:
            if match := re.fullmatch(pattern, message):
                said = french.format(*match.groups())
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog} : {said}\n")


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of `python -m etl`."""
    parser = FrenchParser(
        prog="python -m etl", description="Contrôle le fichier des annonces et construit la base de données."
    )
    commands = parser.add_subparsers(dest="command", title="commandes", metavar="COMMANDE")
    check = commands.add_parser("check", help="contrôle le fichier, sans rien écrire")
    _add_common(check)
    check.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="pour une personne (text) ou un programme (json)",
    )
    add = commands.add_parser(
        "add", help="demande une déclaration, question par question, et l’ajoute à sa place, après accord"
    )
    _add_common(add)
    normalise = commands.add_parser(
        "normalise", help="répare la forme du fichier (encodage, séparateur, dates, nombres, ordre), après accord"
    )
    _add_common(normalise)
    normalise.add_argument("--yes", action="store_true", help="écrit sans demander")
    build = commands.add_parser("build", help="contrôle le fichier, puis construit la base de données")
    _add_common(build)
    build.add_argument(
        "--database",
        type=Path,
        default=DATABASE,
        metavar="BASE",
        help="la base à écrire (data/observatory.duckdb)",
    )
    export = commands.add_parser("export-xlsx", help="écrit le fichier en classeur Excel, avec listes et aide")
    _add_common(export)
    export.add_argument(
        "--output",
        type=Path,
        metavar="CLASSEUR",
        help="le classeur à écrire (à côté du fichier, en .xlsx)",
    )
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        default=ANNOUNCEMENTS,
        metavar="FICHIER",
        help="le fichier des annonces (data/announcements.csv)",
    )
    parser.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue des messages (fr)")


def ask(question: str) -> bool:
    """Ask at the terminal; only « o », « oui », « y » or « yes » is a yes."""
    try:
        return input(question).strip().casefold() in YES
    except (EOFError, KeyboardInterrupt):
        print()
        return False


class ProgressLine:
    """One line on a terminal, redrawn at each step, silent for the first second and a half."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._started = time.monotonic()
        self._drawn = False

    def __call__(self, name: str, share: float) -> None:
        """Draw the step `name`; `share` of the work, from 0 to 1, is done."""
        if not sys.stderr.isatty() or time.monotonic() - self._started < SILENCE:
            return
        bar = "█" * round(share * BAR_WIDTH)
        sys.stderr.write(f"\r\x1b[K{bar:░<{BAR_WIDTH}} {share:4.0%} {step(name, self._lang)}")
        sys.stderr.flush()
        self._drawn = True

    def clear(self) -> None:
        """Remove the line, if it was ever drawn."""
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
