"""Spoiled files with several mistakes at once, as they come: formal ones, which go, and others, which stay.

Rule: `said` in the order of the file; `clean` is what `normalise` must give, the mistakes of meaning still in it.
"""

from collections.abc import Callable

from tests.etl.sheet import COLUMNS, as_text, edited, resaved_by_a_french_spreadsheet, table
from tests.etl.spoiled import BOM, BOURG, CR, SEMICOLONS, TABS, TEXT, UTF_16, WRAPPED, Rows, Spoiled, cell, windows

ZEROS = (
    cell(3, "departement_code", "« 1 » a perdu son zéro de tête ; écrivez 01 (Ain)."),
    cell(3, "commune_code", "« 1053 » a perdu son zéro de tête ; écrivez 01053 (Bourg-en-Bresse)."),
)
LOST = {"region_code": "84", "departement_code": "1", "commune_code": "1053"}
AGAIN = "cette ligne répète l’en-tête ; supprimez-la."
DAY = cell(2, "recorded_on", "« 22/11/2026 » n’est pas une date AAAA-MM-JJ ; écrivez 2026-11-22.")


def rows(*changes: tuple[int, dict[str, str]]) -> Rows:
    """The good table with cells changed on several lines."""
    changed = table()
    for line, cells in changes:
        for name, value in cells.items():
            changed[line - 1][COLUMNS.index(name)] = value
    return changed


def mixed(spoiled: Rows, to: Callable[[str], bytes], *said: str, clean: Rows | None = None) -> Spoiled:
    """Spoiled rows, written in another form."""
    return Spoiled(to(as_text(spoiled)), said, clean or table())


def moved_and_renamed() -> Rows:
    """Two columns exchanged, a third under its title, a fourth with a blank."""
    changed = [[*row[:2], row[3], row[2], *row[4:]] for row in table()]
    changed[0][4], changed[0][12] = "Nature", "status "
    return changed


MIXTURES: dict[str, Spoiled] = {
    "a mark, semicolons, French dates and lost zeros": mixed(
        rows((2, {"recorded_on": "22/11/2026"}), (3, LOST)),
        lambda text: b"\xef\xbb\xbf" + text.replace(",", ";").encode(),
        BOM,
        SEMICOLONS,
        DAY,
        *ZEROS,
        clean=edited(3, **BOURG),
    ),
    "windows throughout, and thousands": mixed(
        rows((2, {"investment_low_meur": "2 000"})),
        lambda text: text.replace("\n", "\r\n").encode("cp1252"),
        f", ligne 1{CR}",
        cell(2, "investment_low_meur", "« 2 000 » n’est pas un nombre ; écrivez 2000."),
        windows(",Campus de Béthune,Béthu"),
    ),
    "unicode text with quotes and blank lines": mixed(
        rows((4, {"project_id": "“campus-bethune”"})),
        lambda text: (text.replace(",", "\t") + "\n\n").encode("utf-16"),
        UTF_16,
        TABS,
        cell(
            4,
            "project_id",
            "« “campus-bethune” » porte des guillemets ou des tirets de traitement de texte ; écrivez campus-bethune.",
        ),
        ", ligne 7 : les 2 dernières lignes du fichier sont vides (jusqu’à la ligne 8) ; supprimez-les.",
    ),
    "an old Mac with pipes and an apostrophe": mixed(
        rows((2, {"investment_low_meur": "2'000"})),
        lambda text: text.replace(",", "|").replace("\n", "\r").encode(),
        f", ligne 1{CR}",
        SEMICOLONS.replace("« ; »", "« | »"),
        cell(2, "investment_low_meur", "« 2'000 » n’est pas un nombre ; écrivez 2000."),
    ),
    "columns moved and renamed": mixed(
        moved_and_renamed(),
        str.encode,
        cell(1, "Nature", "« Nature » n’est pas une colonne connue ; écrivez kind."),
        cell(1, "status ", "« status  » n’est pas une colonne connue ; écrivez status."),
    ),
    "a row moved, with French dates and blank columns": mixed(
        [table()[0], *rows((6, {"source_date": "1/6/2025"}))[2:], table()[1]],
        lambda text: text.replace("\n", ",,\n").encode(),
        ", ligne 1 : 2 colonnes vides suivent la dernière (n° 40) ; supprimez-les.",
        cell(5, "source_date", "« 1/6/2025 » n’a pas la forme attendue ; écrivez 2025-06-01."),
        cell(
            6,
            "announced_on",
            "« 2024-05 » (2024-05-plan-2-md) n’est pas à sa place dans l’ordre des dates puis des identifiants ; "
            "déplacez cette ligne juste avant la ligne 2 (2025-02-campus-240-mw).",
        ),
        clean=edited(6, source_date="2025-06-01"),
    ),
    "commas saved as one column, with line breaks and blanks": Spoiled(
        resaved_by_a_french_spreadsheet(as_text(edited(2, note="un\ndeux ; trois", status="ambition "))).encode(),
        (WRAPPED, cell(2, "status", "« ambition  » commence ou finit par une espace ; écrivez ambition.")),
        edited(2, note="un\ndeux ; trois", status="ambition"),
    ),
    "two marks": Spoiled(
        b"\xef\xbb\xbf\xef\xbb\xbf" + TEXT.encode(),
        (BOM, cell(1, "\\ufeffid", "« \\ufeffid » n’est pas une colonne connue ; écrivez id.")),
    ),
    "a header pasted again, twice": Spoiled(
        as_text([*table()[:3], table()[0], *table()[3:], table()[0]]).encode(),
        (f", ligne 4 : {AGAIN}", f", ligne 8 : {AGAIN}"),
    ),
    "two files in one, the mark of the second inside": Spoiled(
        (as_text(table()[:4]) + "\ufeff" + as_text([table()[0], *table()[4:]])).encode(), (f", ligne 5 : {AGAIN}",)
    ),
    "line ends of two systems": Spoiled(
        TEXT.replace("\n2025-03", "\r2025-03").replace("\n2025-05", "\r\n2025-05").encode(), (f", ligne 3{CR}",)
    ),
    "line ends the wrong way round": Spoiled(
        TEXT.replace("\n", "\n\r").encode(),
        (
            f", ligne 2{CR}",
            ", ligne 2 : cette ligne est vide ; supprimez-la. De même : 5 autres lignes (4, 6, 8, 10, 12).",
        ),
    ),
    "a mark of text, blanks and quotes in one line": mixed(
        rows((3, {"power_low_mw": " '240 ", "status": " “announced” ", "project_name": " Campus de\tBéthune"})),
        str.encode,
        cell(
            3,
            "project_name",
            "«  Campus de\\tBéthune » contient un signe invisible (U+0009) ; écrivez « Campus de Béthune ».",
        ),
        cell(
            3,
            "status",
            "«  “announced”  » porte des guillemets ou des tirets de traitement de texte ; écrivez announced.",
        ),
        cell(3, "power_low_mw", "«  '240  » n’est pas un nombre ; écrivez 240."),
    ),
    "hidden signs in a name": mixed(
        rows((3, {"project_name": "\u202aCam\u00adpus de Béthune\u202c"})),
        str.encode,
        cell(
            3,
            "project_name",
            "« \\u202aCam\\xadpus de Béthune\\u202c » contient un signe invisible (U+202A) ; écrivez « Campus de "
            "Béthune ».",
        ),
    ),
    "hours of Excel and decimals of a year": mixed(
        rows((2, {"recorded_on": "22/11/2026 00:00"}), (3, {"target_year": "2028.0"})),
        str.encode,
        DAY.replace("22/11/2026", "22/11/2026 00:00"),
        cell(3, "target_year", "« 2028.0 » n’est pas un nombre entier ; écrivez 2028."),
    ),
    "millions with no-break spaces": mixed(
        rows((2, {"investment_high_meur": "120\u00a0000,50"})),
        str.encode,
        cell(2, "investment_high_meur", "« 120\u00a0000,50 » n’est pas un nombre ; écrivez 120000.5."),
        clean=edited(2, investment_high_meur="120000.5"),
    ),
    "form and meaning in one file": mixed(
        rows((2, {"recorded_on": "22/11/2026"}), (3, {"status": "anounced", "jobs_high": "#REF!"})),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        BOM,
        DAY,
        cell(3, "status", "« anounced » n’est pas un code permis ; écrivez announced (Annoncé)."),
        cell(3, "jobs_high", "« #REF! » n’est pas un nombre entier ; écrivez seulement des chiffres (1500)."),
        clean=edited(3, status="anounced", jobs_high="#REF!"),
    ),
    "semicolons, an identifier twice and a share": mixed(
        rows((4, {"id": "2025-02-campus-240-mw"}), (5, {"sites_count": "63 %"})),
        lambda text: text.replace(",", ";").encode(),
        SEMICOLONS,
        cell(
            4,
            "id",
            "« 2025-02-campus-240-mw » est déjà employé ligne 3 ; écrivez un identifiant nouveau, par exemple "
            "2025-02-campus-240-mw-2.",
        ),
        cell(5, "sites_count", "« 63 % » n’est pas un nombre entier ; écrivez seulement des chiffres (1500)."),
        clean=rows((4, {"id": "2025-02-campus-240-mw"}), (5, {"sites_count": "63 %"})),
    ),
}
