"""A corpus of spoiled files: what office suites and people do to a good one, and what must be said of each.

Rule: made here, from the small file of `sheet`; `said` are the French lines of the check, without the path and with
plain spaces; `repaired` says whether `normalise` must give back the very bytes of `clean`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.etl.sheet import COLUMNS, as_text, edited, resaved_by_a_french_spreadsheet, table

Rows = list[list[str]]
RUN = "« python -m etl normalise {file} »"
OR = f", ou lancez {RUN} qui"
UNIX = "enregistrez le fichier avec des fins de ligne Unix (LF)"
CR = f" : la ligne finit par un retour chariot (CR) ; {UNIX}{OR} les met."
BOM = f", ligne 1 : le fichier commence par une marque invisible (BOM) ; enregistrez-le en UTF-8 sans BOM{OR} l’enlève."
SEMICOLONS = f", ligne 1 : les colonnes sont séparées par « ; » ; séparez-les par des virgules{OR} le fait."
TABS = f", ligne 1 : les colonnes sont séparées par des tabulations ; séparez-les par des virgules{OR} le fait."
UTF_16 = (
    " : ce fichier est en UTF-16 (« Texte Unicode ») et non en UTF-8 ; "
    f"enregistrez-le au format « CSV UTF-8 »{OR} le répare."
)
WRAPPED = (
    ", ligne 1 : chaque ligne a été enregistrée comme une seule cellule (un tableur a ouvert les virgules comme du "
    f"texte) ; lancez {RUN} qui les sépare."
)


def windows(words: str) -> str:
    """What is said of Windows-1252, with the words around the first byte that is not UTF-8."""
    return (
        f", ligne 3 : « {words} » est écrit en Windows-1252 (octet 0xE9) et non en UTF-8 ; enregistrez le fichier au "
        f"format « CSV UTF-8 », ou lancez {RUN} qui le répare."
    )


def cell(line: int, column: str, said: str) -> str:
    """What is said of one cell."""
    return f", ligne {line}, colonne {column} : {said}"


@dataclass(frozen=True)
class Spoiled:
    """A spoiled file, what the check says of it, and the good file it comes from."""

    content: bytes
    said: tuple[str, ...]
    clean: Rows = field(default_factory=table)
    repaired: bool = True


TEXT = as_text(table())
BOURG = {"region_code": "84", "departement_code": "01", "commune_code": "01053"}


def whole(change: Callable[[str], bytes], *said: str) -> Spoiled:
    """The good file, changed as a whole."""
    return Spoiled(change(TEXT), said)


def one(line: int, column: str, wrong: str, said: str, repaired: bool = True, good: str | None = None) -> Spoiled:
    """The good file with one cell spoiled; `good` is what the cell held, where the small file holds something else."""
    clean = table() if good is None else edited(line, **{column: good})
    rows = [list(row) for row in clean]
    rows[line - 1][COLUMNS.index(column)] = wrong
    return Spoiled(as_text(rows).encode(), (cell(line, column, said),), clean, repaired)


def number(line: int, column: str, wrong: str, good: str) -> Spoiled:
    """A number written in another form."""
    kind = "un nombre entier" if column.startswith("jobs") else "un nombre"
    return one(line, column, wrong, f"« {wrong} » n’est pas {kind} ; écrivez {good}.", good=good)


def day(line: int, column: str, wrong: str, good: str) -> Spoiled:
    """A date written in another form."""
    what = "n’est pas une date AAAA-MM-JJ" if column == "recorded_on" else "n’a pas la forme attendue"
    return one(line, column, wrong, f"« {wrong} » {what} ; écrivez {good}.", good=good)


def header(column: str, label: str, said: str, repaired: bool = True) -> Spoiled:
    """The good file with one label of its header changed."""
    rows = table()
    rows[0][COLUMNS.index(column)] = label
    return Spoiled(as_text(rows).encode(), (said,), repaired=repaired)


def moved_columns() -> Spoiled:
    """The third column of the file put in the fifth place."""
    rows = [[*row[:2], row[3], row[4], row[2], *row[5:]] for row in table()]
    said = cell(
        1, "project_name_en", "« project_name_en » n’est pas à sa place ; la colonne n° 3 doit être project_name."
    )
    return Spoiled(as_text(rows).encode(), (said,))


def moved_row() -> Spoiled:
    """The first claim put at the end."""
    first, second, *rest = table()
    said = cell(
        6,
        "announced_on",
        "« 2024-05 » (2024-05-plan-2-md) n’est pas à sa place dans l’ordre des dates puis des identifiants ; déplacez "
        "cette ligne juste avant la ligne 2 (2025-02-campus-240-mw).",
    )
    return Spoiled(as_text([first, *rest, second]).encode(), (said,))


def lost_zeros() -> Spoiled:
    """A place of the Ain, whose codes a spreadsheet took for numbers."""
    rows = edited(3, region_code="84", departement_code="1", commune_code="1053")
    said = (
        cell(3, "departement_code", "« 1 » a perdu son zéro de tête ; écrivez 01 (Ain)."),
        cell(3, "commune_code", "« 1053 » a perdu son zéro de tête ; écrivez 01053 (Bourg-en-Bresse)."),
    )
    return Spoiled(as_text(rows).encode(), said, edited(3, **BOURG))


def french_excel() -> Spoiled:
    """« CSV (séparateur : point-virgule) » of a French Excel: everything at once, in one file."""
    rows = edited(2, investment_high_meur="2 000,5")
    for row in rows[1:]:
        row[COLUMNS.index("recorded_on")] = "22/11/2026"
    rows += [[""] * len(COLUMNS)] * 2
    text = as_text(rows).replace(",", ";").replace("2 000;5", "2 000,5").replace("\n", "\r\n").replace('"', "")
    dates = [
        cell(line, "recorded_on", "« 22/11/2026 » n’est pas une date AAAA-MM-JJ ; écrivez 2026-11-22.")
        for line in range(2, 7)
    ]
    said = (
        f", ligne 1{CR}",
        SEMICOLONS,
        cell(2, "investment_high_meur", "« 2 000,5 » n’est pas un nombre ; écrivez 2000.5."),
        dates[0],
        windows(";Campus de Béthune;Béthu"),
        *dates[1:],
        ", ligne 7 : les 2 dernières lignes du fichier sont vides (jusqu’à la ligne 8) ; supprimez-les.",
    )
    return Spoiled(text.encode("cp1252"), said)


SPOILED: dict[str, Spoiled] = {
    # the bytes of the file
    "a byte order mark": whole(lambda text: b"\xef\xbb\xbf" + text.encode(), BOM),
    "windows-1252": whole(lambda text: text.encode("cp1252"), windows(",Campus de Béthune,Béthu")),
    "utf-16 with its mark": whole(lambda text: text.encode("utf-16"), UTF_16),
    "utf-16, the other way round": whole(lambda text: b"\xfe\xff" + text.encode("utf-16-be"), UTF_16),
    "utf-16 without a mark": whole(lambda text: text.encode("utf-16-le"), UTF_16),
    "line ends of windows": whole(lambda text: text.replace("\n", "\r\n").encode(), f", ligne 1{CR}"),
    "line ends of an old Mac": whole(lambda text: text.replace("\n", "\r").encode(), f", ligne 1{CR}"),
    "one line end of windows": whole(
        lambda text: text.replace("22,\n2025-03", "22,\r\n2025-03").encode(), f", ligne 3{CR}"
    ),
    # the cutting into columns
    "semicolons": whole(lambda text: text.replace(",", ";").encode(), SEMICOLONS),
    "tabs": whole(lambda text: text.replace(",", "\t").encode(), TABS),
    "pipes": whole(lambda text: text.replace(",", "|").encode(), SEMICOLONS.replace("« ; »", "« | »")),
    "the unicode text of Excel": whole(
        lambda text: text.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"), UTF_16, f", ligne 1{CR}", TABS
    ),
    "the csv utf-8 of a French Excel": whole(
        lambda text: b"\xef\xbb\xbf" + text.replace(",", ";").replace("\n", "\r\n").encode(),
        BOM,
        f", ligne 1{CR}",
        SEMICOLONS,
    ),
    "commas opened as one column, then saved": Spoiled(
        resaved_by_a_french_spreadsheet(as_text(edited(2, note="un ; deux, et « trois »"))).encode(),
        (WRAPPED,),
        edited(2, note="un ; deux, et « trois »"),
    ),
    # the edges of the table
    "blank lines at the end": whole(
        lambda text: (text + "," * (len(COLUMNS) - 1) + "\n\n").encode(),
        ", ligne 7 : les 2 dernières lignes du fichier sont vides (jusqu’à la ligne 8) ; supprimez-les.",
    ),
    "a blank line at the end": whole(
        lambda text: (text + "\n").encode(), ", ligne 7 : cette ligne est vide ; supprimez-la."
    ),
    "a blank line inside": whole(
        lambda text: text.replace("\n2025-05", "\n\n2025-05").encode(),
        ", ligne 5 : cette ligne est vide ; supprimez-la.",
    ),
    "blank columns": whole(
        lambda text: text.replace("\n", ",,\n").encode(),
        ", ligne 1 : 2 colonnes vides suivent la dernière (n° 40) ; supprimez-les.",
    ),
    "a blank cell too many": whole(
        lambda text: text.replace("22,\n2025-03", "22,,\n2025-03").encode(),
        ", ligne 3 : des cellules vides dépassent la dernière colonne ; supprimez les virgules de trop.",
    ),
    # numbers
    "a decimal comma": number(2, "investment_high_meur", "2000,5", "2000.5"),
    "a space between thousands": number(2, "investment_low_meur", "2 000", "2000"),
    "a no-break space between thousands": number(2, "investment_low_meur", "2\u00a0000", "2000"),
    "a narrow space between thousands": number(2, "investment_high_meur", "12\u202f000,25", "12000.25"),
    "an apostrophe between thousands": number(2, "investment_low_meur", "2'000", "2000"),
    "a mark of text": number(3, "power_low_mw", "'240", "240"),
    "a zero in front": number(3, "power_low_mw", "0240", "240"),
    "a plus sign": number(3, "power_low_mw", "+240", "240"),
    "a whole number with decimals": number(3, "jobs_high", "200,0", "200"),
    "thousands of jobs": number(3, "jobs_high", "1 500", "1500"),
    # dates
    "a French date": day(2, "recorded_on", "22/11/2026", "2026-11-22"),
    "a French date of announcement": day(3, "announced_on", "10/02/2025", "2025-02-10"),
    "a short French date": day(3, "source_date", "1/2/2025", "2025-02-01"),
    "a date with points": day(3, "source_date", "10.02.2025", "2025-02-10"),
    "a date without its zeros": day(3, "announced_on", "2025-2-10", "2025-02-10"),
    "a date with an hour": day(2, "recorded_on", "2026-11-22 00:00:00", "2026-11-22"),
    "a date in one piece": day(2, "recorded_on", "20261122", "2026-11-22"),
    "a French month": day(2, "announced_on", "05/2024", "2024-05"),
    "a date in words": one(
        3, "source_date", "10 février 2025", "« 10 février 2025 » n’a pas la forme attendue ; écrivez 2025-02-10."
    ),
    "a month in words": one(2, "announced_on", "mai 2024", "« mai 2024 » n’a pas la forme attendue ; écrivez 2024-05."),
    "the first of a month": day(4, "announced_on", "1er mars 2025", "2025-03-01"),
    # codes
    "lost zeros": lost_zeros(),
    "quotes of a word processor": one(
        4,
        "project_id",
        "“campus-bethune”",
        "« “campus-bethune” » porte des guillemets ou des tirets de traitement de texte ; écrivez campus-bethune.",
    ),
    "a dash in an identifier": one(
        4,
        "id",
        "2025‑03‑campus‑ha",
        "« 2025‑03‑campus‑ha » porte des guillemets ou des tirets de traitement de texte ; écrivez 2025-03-campus-ha.",
    ),
    "quotes around a code": one(
        3,
        "status",
        "'announced'",
        "« 'announced' » porte des guillemets ou des tirets de traitement de texte ; écrivez announced.",
    ),
    "quotes around an address": one(
        3,
        "source_url",
        "”https://example.org/annonce”",
        "« ”https://example.org/annonce” » porte des guillemets ou des tirets de traitement de texte ; écrivez "
        "https://example.org/annonce.",
    ),
    # blanks
    "a blank behind": one(
        3, "status", "announced ", "« announced  » commence ou finit par une espace ; écrivez announced."
    ),
    "a no-break space in front": one(
        3,
        "project_name",
        "\u00a0Campus de Béthune",
        "« \u00a0Campus de Béthune » commence ou finit par une espace ; écrivez « Campus de Béthune ».",
    ),
    "only blanks": one(4, "note", "  ", "la cellule ne contient que des espaces ; videz-la."),
    "a sign without width": one(
        3,
        "region_code",
        "\ufeff32",
        "« \\ufeff32 » contient un signe invisible (U+FEFF) ; écrivez 32.",
    ),
    "a tab in a name": one(
        2, "project_name", "Plan\tAzur", "« Plan\\tAzur » contient un signe invisible (U+0009) ; écrivez « Plan Azur »."
    ),
    "a line break in a name": one(
        2, "project_name", "Plan\nAzur", "« Plan\\nAzur » contient un saut de ligne ; écrivez « Plan Azur »."
    ),
    # the header and the order
    "columns moved": moved_columns(),
    "a column under its French title": header(
        "kind", "Nature", cell(1, "Nature", "« Nature » n’est pas une colonne connue ; écrivez kind.")
    ),
    "a column in capitals": header(
        "status", "STATUS ", cell(1, "STATUS ", "« STATUS  » n’est pas une colonne connue ; écrivez status.")
    ),
    "a row moved": moved_row(),
    "a French Excel at its worst": french_excel(),
    # what may mean two things, and what is words: said, never repaired
    "a code too short in another département": one(
        3,
        "commune_code",
        "1053",
        "« 1053 » n’est pas un code INSEE de commune actuelle ; écrivez un code de data/reference/communes.csv.",
        False,
    ),
    "a year of two digits": one(
        3,
        "source_date",
        "03/04/25",
        "« 03/04/25 » n’a pas la forme attendue ; écrivez une valeur comme 2025-02-10.",
        False,
    ),
    "what Excel makes of a month": one(
        3, "source_date", "févr-25", "« févr-25 » n’a pas la forme attendue ; écrivez 2025-02.", False
    ),
    "a point between thousands of jobs": one(
        3,
        "jobs_high",
        "1.200",
        "« 1.200 » n’est pas un nombre entier ; écrivez seulement des chiffres (1500).",
        False,
    ),
    "a comma before three digits": one(
        2,
        "investment_high_meur",
        "2,500",
        "« 2,500 » n’est pas un nombre ; écrivez seulement des chiffres, avec un point pour les décimales (1500.5).",
        False,
    ),
    "a unit": one(3, "power_low_mw", "240 MW", "« 240 MW » n’est pas un nombre ; écrivez 240.", False),
    "a French label": one(
        3, "status", "Annoncé", "« Annoncé » n’est pas un code permis ; écrivez announced (Annoncé).", False
    ),
    "a misspelt code": one(
        3, "status", " anounced", "«  anounced » n’est pas un code permis ; écrivez announced (Annoncé).", False
    ),
    "a misspelt column": header(
        "status", "statuts", cell(1, "statuts", "« statuts » n’est pas une colonne connue ; écrivez status."), False
    ),
    "a day that does not exist": one(
        3,
        "source_date",
        "30/02/2025",
        "« 30/02/2025 » n’a pas la forme attendue ; écrivez une valeur comme 2025-02-10.",
        False,
    ),
    "an American date": one(
        3,
        "source_date",
        "02/13/2025",
        "« 02/13/2025 » n’a pas la forme attendue ; écrivez une valeur comme 2025-02-10.",
        False,
    ),
}
