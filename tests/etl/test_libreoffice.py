"""What LibreOffice makes of the good file (`libreoffice/make.py`): the words of the check, and the good bytes again."""

import shutil
from pathlib import Path

import pytest

from etl.check import check_file
from etl.messages import sentences
from etl.normalise import plan_repair, write_repair
from tests.etl.sheet import COLUMNS, as_text, edited
from tests.etl.spoiled import BOURG, RUN, SEMICOLONS, TABS, UTF_16, WRAPPED, cell
from tests.etl.test_check_cells import typeset

FOLDER = Path(__file__).parent / "libreoffice"
MADE = FOLDER / "made"
CLEAN = FOLDER / "clean.csv"
ZEROS = (
    cell(3, "departement_code", "« 1 » a perdu son zéro de tête ; écrivez 01 (Ain)."),
    cell(3, "commune_code", "« 1053 » a perdu son zéro de tête ; écrivez 01053 (Bourg-en-Bresse)."),
)
DECIMALS = cell(2, "investment_high_meur", "« 2000,5 » n’est pas un nombre ; écrivez 2000.5.")
DIGITS = "écrivez seulement des chiffres (1500)."
DIGITS_AND_POINT = "écrivez seulement des chiffres, avec un point pour les décimales (1500.5)."
FORMULA = "est une formule ; remplacez-la par sa valeur (copier, puis collage spécial, valeurs)."
NO_HEADER = (
    ", ligne 1 : cette ligne n’est pas un en-tête : aucune colonne n’y est connue ; écrivez sur la première ligne : "
    f"{','.join(COLUMNS)}."
)
OPEN_DOCUMENT = " : c’est un document de LibreOffice (.ods) ; enregistrez-le au format .xlsx, ou « CSV UTF-8 »."


def windows(line: int, words: str, byte: str) -> str:
    return (
        f", ligne {line} : « {words} » est écrit en Windows-1252 (octet {byte}) et non en UTF-8 ; enregistrez le "
        f"fichier au format « CSV UTF-8 », ou lancez {RUN} qui le répare."
    )


def foreign(line: int, words: str, byte: str) -> str:
    return (
        f", ligne {line} : « {words} » n’est pas de l’UTF-8 (octet {byte}) ; enregistrez le fichier au format "
        "« CSV UTF-8 »."
    )


# What is said of each file; whether the good bytes come back.
SAID: dict[str, tuple[tuple[str, ...], bool]] = {
    "french.csv": (ZEROS, True),
    "english.csv": ((DECIMALS, *ZEROS), True),
    "french-quoted.csv": (ZEROS, True),
    "french-semicolons.csv": ((SEMICOLONS, *ZEROS), True),
    "french-tabs.csv": ((TABS, *ZEROS), True),
    "french-utf-16.csv": ((UTF_16, TABS, *ZEROS), True),
    "french-windows.csv": ((SEMICOLONS, windows(2, " milliards d’euros;;;;;;", "0x92"), *ZEROS), True),
    "not-cut.csv": ((WRAPPED,), True),
    "french.xlsx": (ZEROS, True),
    "english.xlsx": (ZEROS, True),
    "export.xlsx": ((), True),
    "export.csv": ((SEMICOLONS, DECIMALS), True),
    # the saving itself lost the signs that Latin-9 has not: « d?euros »
    "french-latin-9.csv": ((SEMICOLONS, windows(3, ";Campus de Béthune;Béthu", "0xE9"), *ZEROS), False),
    "french-mac.csv": ((foreign(2, " milliards dÕeuros;;;;;;", "0xD5"),), False),
    "french-dos.csv": ((foreign(3, ";Campus de B‚thune;B‚thu", "0x82"),), False),
    "french-apostrophes.csv": ((NO_HEADER,), False),
    "french.ods": ((OPEN_DOCUMENT,), False),
    "sealed.ods": ((OPEN_DOCUMENT,), False),
    "french.xls": (
        (" : c’est un classeur d’un ancien format (.xls) ; enregistrez-le au format .xlsx, ou « CSV UTF-8 ».",),
        False,
    ),
    "page.xls": (
        (" : c’est une page web ou du XML, et non un fichier CSV ; enregistrez-le au format .xlsx, ou « CSV UTF-8 ».",),
        False,
    ),
    "sealed.xlsx": (
        (
            " : ce classeur est protégé par un mot de passe ; enregistrez-le sans mot de passe au format .xlsx, ou "
            "« CSV UTF-8 ».",
        ),
        False,
    ),
    "typed.csv": (
        (
            cell(2, "investment_low_meur", "« 1200,5 » n’est pas un nombre ; écrivez 1200.5."),
            cell(2, "investment_high_meur", f"« 1,20E+04 » n’est pas un nombre ; {DIGITS_AND_POINT}"),
            *ZEROS,
            cell(3, "power_low_mw", f"« 20,00 % » n’est pas un nombre ; {DIGITS_AND_POINT}"),
            cell(3, "jobs_high", f"« #DIV/0! » n’est pas un nombre entier ; {DIGITS}"),
            cell(3, "target_year", f"« VRAI » n’est pas un nombre entier ; {DIGITS}"),
            cell(5, "source_date", "« 01/03/25 » n’a pas la forme attendue ; écrivez une valeur comme 2025-02-10."),
            cell(6, "sites_count", f"« 20 Md€ » n’est pas un nombre entier ; {DIGITS}"),
            cell(7, "source_date", "« 01/06/25 » n’a pas la forme attendue ; écrivez une valeur comme 2025-02-10."),
        ),
        False,
    ),
    "typed.xlsx": (
        (
            *ZEROS,
            cell(3, "power_low_mw", f"« 20 % » n’est pas un nombre ; {DIGITS_AND_POINT}"),
            cell(3, "jobs_low", f"« =50+50 » {FORMULA}"),
            cell(3, "jobs_high", f"« =1/0 » {FORMULA}"),
            cell(3, "jobs_high", f"« #DIV/0! » n’est pas un nombre entier ; {DIGITS}"),
            cell(3, "target_year", f"« true » n’est pas un nombre entier ; {DIGITS}"),
            cell(5, "sites_count", f"« 20 Md€ » n’est pas un nombre entier ; {DIGITS}"),
        ),
        False,
    ),
}


def test_every_file_made_is_told_and_the_good_one_is_that_of_the_tests() -> None:
    assert sorted(SAID) == sorted(path.name for path in MADE.iterdir())
    words = {"investment_stated": "2 milliards d’euros"}
    rows = edited(3, **BOURG, note='deux\nlignes ; « trois », "quatre"')
    rows[1] = edited(2, **words)[1]
    assert CLEAN.read_text(encoding="utf-8") == as_text(rows)
    assert check_file(CLEAN).ok


@pytest.mark.parametrize("name", SAID)
def test_what_libreoffice_saved_is_said_in_these_words(name: str, tmp_path: Path) -> None:
    path = Path(shutil.copy(MADE / name, tmp_path))
    said = [line.removeprefix(str(path)) for line in sentences(check_file(path, workbook=True), "fr")]
    assert said == [typeset(line).replace("{file}", str(path)) for line in SAID[name][0]]


@pytest.mark.parametrize("name", SAID)
def test_what_libreoffice_saved_is_repaired_where_it_means_one_thing(name: str, tmp_path: Path) -> None:
    path = Path(shutil.copy(MADE / name, tmp_path))
    before = path.read_bytes()
    plan = plan_repair(path)
    assert (plan.content == CLEAN.read_bytes()) is SAID[name][1]
    if plan.obstacle:
        assert plan.changes == ()
        assert path.read_bytes() == before
        return
    write_repair(plan)
    again = plan.target
    assert not any(problem.is_form for problem in check_file(again).problems)
    assert plan_repair(again).changes == ()
