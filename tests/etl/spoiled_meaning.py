"""Spoiled files whose meaning is in doubt, or gone: each is said, and `normalise` leaves the cell to who typed it.

Rule: one mistake a file; what is formal beside it is in `spoiled`, and several at once in `spoiled_mixtures`.
"""

import csv
import io

from tests.etl.sheet import COLUMNS, as_text, edited, table
from tests.etl.spoiled import TEXT, Spoiled, cell, one

DIGITS = "écrivez seulement des chiffres, avec un point pour les décimales (1500.5)."
WHOLE_DIGITS = "écrivez seulement des chiffres (1500)."
LIKE = "n’a pas la forme attendue ; écrivez une valeur comme"
COMMUNES = "écrivez un code de data/reference/communes.csv."


def no_number(line: int, column: str, wrong: str) -> Spoiled:
    """What is no number, and could be none or several."""
    said = (
        f"pas un nombre entier ; {WHOLE_DIGITS}"
        if column.startswith(("jobs", "target"))
        else f"pas un nombre ; {DIGITS}"
    )
    return one(line, column, wrong, f"« {wrong} » n’est {said}", False)


def no_date(line: int, column: str, wrong: str, meant: str = "") -> Spoiled:
    """What is no date, with what is proposed where it is likely."""
    if column == "recorded_on":
        said = f"n’est pas une date AAAA-MM-JJ ; écrivez {meant or 'par exemple 2025-02-10'}."
    else:
        example = "2025-02-09" if column == "announced_on" else "2025-02-10"
        said = f"n’a pas la forme attendue ; écrivez {meant}." if meant else f"{LIKE} {example}."
    return one(line, column, wrong, f"« {wrong} » {said}", False)


def code(column: str, wrong: str, said: str) -> Spoiled:
    """A code of the campus that is none."""
    return one(3, column, wrong, f"« {wrong} » {said}", False)


def shaped(content: bytes | str, *said: str) -> Spoiled:
    """A file whose table has lost its shape."""
    return Spoiled(content.encode() if isinstance(content, str) else content, said, repaired=False)


def quoted() -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(table())
    return text.getvalue()


def with_row(at: int, row: list[str]) -> str:
    rows = table()
    rows.insert(at, row)
    return as_text(rows)


def total_row() -> Spoiled:
    """A sum that a spreadsheet left below the claims."""
    sums = {"id": "Total", "investment_low_meur": "2000"}
    asked = {
        "project_id": "brookfield-france",
        "announced_on": "2025-02-09",
        "source_publisher": "AFP (Boursorama)",
        "source_title": "AWS dévoile ses investissements en France",
        "source_url": "https://www.telehouse.net/news/",
    }
    kinds = "official, company, agency, national_press, regional_press, trade_press ou other"
    empty = "la cellule est vide alors qu’elle est obligatoire ; écrivez"
    return shaped(
        with_row(6, [sums.get(name, "") for name in COLUMNS]),
        cell(7, "id", f"« Total » {LIKE} 2025-02-brookfield-20-md-communique."),
        *(cell(7, name, f"{empty} une valeur comme {example}.") for name, example in asked.items()),
        cell(7, "source_kind", f"{empty} {kinds}."),
        cell(7, "recorded_on", f"{empty} une valeur comme 2026-11-22."),
    )


def each_row(change: object) -> str:
    return as_text(change(row, number) for number, row in enumerate(table()))  # type: ignore[operator]


MEANING: dict[str, Spoiled] = {
    # the shape of the table
    "quotes around every cell": shaped(quoted()),
    "no line end at the end": shaped(TEXT.rstrip("\n")),
    "utf-32": shaped(TEXT.encode("utf-32"), " : ce fichier n’est pas du texte ; donnez le chemin d’un fichier CSV."),
    "a quote left open": shaped(
        TEXT.replace("Plan Azur", '"Plan Azur', 1),
        ', ligne 2 : les guillemets droits (") de cette ligne sont mal fermés ; entourez la cellule de " et doublez '
        '("") ceux de son texte.',
    ),
    "a comma too many": shaped(
        as_text(edited(3, note="un mot")).replace("Campus de Béthune", "Campus, de Béthune", 1),
        ", ligne 3 : 41 cellules au lieu de 40, la première en trop est « un mot » ; entourez de guillemets droits "
        '(") la cellule qui contient une virgule, ou supprimez la virgule de trop.',
    ),
    "the last cell of a line lost": shaped(
        TEXT.replace("2026-11-22,\n2025-03", "2026-11-22\n2025-03", 1),
        ", ligne 3 : 39 cellules au lieu de 40, la dernière est « 2026-11-22 » ; ajoutez les virgules qui manquent "
        "(une cellule vide reste entre deux virgules).",
    ),
    "the last column lost": shaped(
        each_row(lambda row, _: row[:-1]),
        cell(1, "note", "cette colonne manque ; ajoutez note à l’en-tête et une cellule à chaque ligne."),
    ),
    "a column lost inside": shaped(
        each_row(lambda row, _: [*row[:12], *row[13:]]),
        cell(1, "status", "cette colonne manque ; ajoutez status à l’en-tête et une cellule à chaque ligne."),
    ),
    "a column inserted": shaped(
        each_row(lambda row, number: [*row[:5], "x" if number else "commentaire", *row[5:]]),
        cell(
            1,
            "commentaire",
            "« commentaire » n’est pas une colonne connue ; supprimez-la, ou déclarez-la dans data/schema.json.",
        ),
    ),
    "a column inserted without a name": shaped(
        each_row(lambda row, number: [*row[:5], "x" if number else "", *row[5:]]),
        ", ligne 1 : la colonne n° 6 n’a pas de nom ; nommez-la ou supprimez-la.",
    ),
    "a column twice": shaped(
        each_row(lambda row, _: [*row[:13], row[12], *row[13:]]),
        cell(1, "status", "« status » est déjà le nom d’une colonne précédente ; supprimez ou renommez celle-ci."),
    ),
    "a line twice": shaped(
        with_row(3, table()[2]),
        cell(
            4,
            "id",
            "« 2025-02-campus-240-mw » est déjà employé ligne 3 ; écrivez un identifiant nouveau, par exemple "
            "2025-02-campus-240-mw-2.",
        ),
    ),
    "an identifier twice": one(
        4,
        "id",
        "2025-02-campus-240-mw",
        "« 2025-02-campus-240-mw » est déjà employé ligne 3 ; écrivez un identifiant nouveau, par exemple "
        "2025-02-campus-240-mw-2.",
        False,
    ),
    "a row of totals": total_row(),
    "the end of file of DOS": shaped(
        f"{TEXT}\x1a",
        ", ligne 7 : 1 cellules au lieu de 40, la dernière est « \\x1a » ; ajoutez les virgules qui manquent (une "
        "cellule vide reste entre deux virgules).",
    ),
    "a column of another name": shaped(
        TEXT.replace(",note\n", ",remarque\n"),
        cell(
            1,
            "remarque",
            "« remarque » n’est pas une colonne connue ; supprimez-la, ou déclarez-la dans data/schema.json.",
        ),
        cell(1, "note", "cette colonne manque ; ajoutez note à l’en-tête et une cellule à chaque ligne."),
    ),
    # figures
    "scientific notation": no_number(2, "investment_high_meur", "1,2E+03"),
    "scientific notation without decimals": no_number(2, "investment_low_meur", "2E3"),
    "a true": no_number(3, "target_year", "TRUE"),
    "a French true": no_number(3, "jobs_low", "VRAI"),
    "billions": no_number(2, "investment_low_meur", "20 Md€"),
    "billions in words": no_number(2, "investment_low_meur", "2 milliards"),
    "euros": no_number(2, "investment_low_meur", "2000 €"),
    "a share": no_number(3, "power_low_mw", "20 %"),
    "a broken reference": no_number(3, "jobs_high", "#REF!"),
    "a value that is not there": no_number(3, "jobs_high", "#N/A"),
    "a formula": no_number(3, "jobs_high", "=100+100"),
    "a typographic minus": no_number(3, "power_low_mw", "\u2212240"),
    "two figures and a dash": no_number(3, "jobs_low", "100–200"),
    "about": no_number(3, "jobs_low", "environ 100"),
    "a sign of more": no_number(3, "power_low_mw", "> 240"),
    "brackets of an accountant": no_number(2, "investment_low_meur", "(2000)"),
    "a German number": no_number(2, "investment_high_meur", "1.200,5"),
    "an English number": no_number(2, "investment_high_meur", "1,200.5"),
    "not available": no_number(3, "jobs_low", "NA"),
    "not told": no_number(3, "jobs_low", "n.c."),
    "a dash for nothing": no_number(3, "jobs_low", "-"),
    "less than nothing": code("jobs_low", "-100", "est trop petit ; écrivez 0 au moins."),
    "a year of two figures": code("target_year", "28", "est trop petit ; écrivez 2000 au moins."),
    "low above high": code("jobs_low", "300", "dépasse jobs_high (200) ; écrivez 200 au plus, ou corrigez jobs_high."),
    # days
    "a day counted by Excel": no_date(2, "recorded_on", "46348", "2026-11-22"),
    "a day of announcement counted by Excel": no_date(3, "announced_on", "45698", "2025-02-10"),
    "a column too narrow": no_date(2, "recorded_on", "########"),
    "typographic dashes in a day": no_date(3, "announced_on", "2025–02–10", "2025-02-10"),
    "a day of a machine": no_date(2, "recorded_on", "2026-11-22T00:00:00Z", "2026-11-22"),
    "a day of an English Excel": no_date(3, "source_date", "10-Feb-25"),
    "a day in English words": no_date(3, "source_date", "February 10, 2025"),
    "a quarter": no_date(2, "announced_on", "T2 2024"),
    "a year alone": no_date(2, "announced_on", "2024"),
    # codes
    "the name of a region": code(
        "region_code",
        "Hauts-de-France",
        "n’est pas un code INSEE de région ; écrivez 32 (Hauts-de-France).",
    ),
    "a code and its name": code(
        "departement_code",
        "62 - Pas-de-Calais",
        "n’est pas un code INSEE de département ; écrivez 62 (Pas-de-Calais).",
    ),
    "a zero too many": code("region_code", "032", "n’est pas un code INSEE de région ; écrivez 32 (Hauts-de-France)."),
    "decimals in a code": code("commune_code", "62119.0", f"n’est pas un code INSEE de commune actuelle ; {COMMUNES}"),
    "a code in scientific notation": code(
        "commune_code", "6,2119E+04", f"n’est pas un code INSEE de commune actuelle ; {COMMUNES}"
    ),
    "a code in capitals": code("status", "ANNOUNCED", "n’est pas un code permis ; écrivez announced (Annoncé)."),
    "a code with a capital": code("kind", "Site", "n’est pas un code permis ; écrivez site."),
    "capitals in an identifier": code(
        "id", "2025-02-Campus-240-MW", "n’a pas la forme attendue ; écrivez 2025-02-campus-240-mw."
    ),
    "an accent in an identifier": code(
        "id", "2025-02-campus-béthune", "n’a pas la forme attendue ; écrivez 2025-02-campus-bethune."
    ),
    "an address without its beginning": code(
        "source_url", "example.org/annonce", f"{LIKE} https://www.telehouse.net/news/."
    ),
    "an address of a text editor": code(
        "source_url", "[titre](https://example.org/annonce)", f"{LIKE} https://www.telehouse.net/news/."
    ),
}
