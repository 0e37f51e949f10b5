"""What is wrong with the file itself: encoding, header, shape of the lines; and the line numbers."""

from pathlib import Path

import pytest

from etl.check import check_file
from etl.messages import sentences
from tests.etl.conftest import Write
from tests.etl.sheet import COLUMNS, as_text, edited, resaved_by_a_french_spreadsheet, table
from tests.etl.test_check_cells import typeset

TEXT = as_text(table())
HEADER = ",".join(COLUMNS)


def said(path: Path) -> tuple[list[str], list[str]]:
    """The problems of a file in French, with plain spaces, and in English, without its path."""
    report = check_file(path)
    assert not report.ok
    french = [line.removeprefix(str(path)) for line in sentences(report, "fr")]
    return french, [line.removeprefix(str(path)) for line in sentences(report, "en")]


CONTENTS = {
    "empty": (
        "file-empty",
        b"",
        " : ce fichier est vide ; il faut une ligne d’en-tête, puis une ligne par déclaration.",
        ": this file is empty; write a header line, then one line for each claim.",
    ),
    "blank": (
        "file-empty",
        b" \n\n",
        " : ce fichier est vide ; il faut une ligne d’en-tête, puis une ligne par déclaration.",
        ": this file is empty; write a header line, then one line for each claim.",
    ),
    "header only": (
        "no-claim",
        f"{HEADER}\n".encode(),
        " : ce fichier n’a que son en-tête ; ajoutez au moins une déclaration.",
        ": this file has only its header; add at least one claim.",
    ),
    "latin-1": (
        "encoding-windows",
        TEXT.replace("Plan Azur", "Énergie").encode("cp1252", errors="replace"),
        ", ligne 2 : « n-2-md,plan,Énergie,Azur » est écrit en Windows-1252 (octet 0xC9) et non en UTF-8 ; "
        "enregistrez le fichier au format « CSV UTF-8 », ou lancez « python -m etl normalise {file} » qui le répare.",
        ", line 2: “n-2-md,plan,Énergie,Azur” is written in Windows-1252 (byte 0xC9), not UTF-8; save the file as "
        "“CSV UTF-8”, or run “python -m etl normalise {file}” which repairs it.",
    ),
    "a Mac": (
        "encoding",
        TEXT.replace("Plan Azur", "Énergie après").encode("mac-roman", errors="replace"),
        ", ligne 2 : « n-2-md,plan,ƒnergie apr� » n’est pas de l’UTF-8 (octet 0x83) ; enregistrez le fichier au "
        "format « CSV UTF-8 ».",
        ", line 2: “n-2-md,plan,ƒnergie apr�” is not UTF-8 (byte 0x83); save the file as “CSV UTF-8”.",
    ),
    "two encodings": (
        "encoding-mixed",
        TEXT.encode().replace("Sites de l’État".encode(), "Sites de l’État".encode("cp1252")),
        ", ligne 5 : « t,Sites de l’État,State  » n’est pas de l’UTF-8 (octet 0x92), alors que d’autres lignes le "
        "sont ; retapez les lettres accentuées de cette ligne et enregistrez le fichier au format « CSV UTF-8 ».",
        ", line 5: “t,Sites de l’État,State ” is not UTF-8 (byte 0x92), while other lines are; type the accented "
        "letters of this line again and save the file as “CSV UTF-8”.",
    ),
    "utf-16": (
        "encoding-utf16",
        TEXT.encode("utf-16"),
        " : ce fichier est en UTF-16 (« Texte Unicode ») et non en UTF-8 ; enregistrez-le au format « CSV UTF-8 », ou "
        "lancez « python -m etl normalise {file} » qui le répare.",
        ": this file is in UTF-16 (“Unicode text”), not UTF-8; save it as “CSV UTF-8”, or run “python -m etl normalise "
        "{file}” which repairs it.",
    ),
    "a workbook": (
        "file-workbook",
        b"PK\x03\x04" + bytes(100),
        " : c’est un classeur, et non un fichier CSV ; lancez « python -m etl normalise {file} » qui en fait un.",
        ": this is a workbook, not a CSV file; run “python -m etl normalise {file}” which makes one of it.",
    ),
    "an image": (
        "file-binary",
        b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x01" * 40,
        " : ce fichier n’est pas du texte ; donnez le chemin d’un fichier CSV.",
        ": this file is not text; give the path of a CSV file.",
    ),
    "byte order mark": (
        "byte-order-mark",
        b"\xef\xbb\xbf" + TEXT.encode(),
        ", ligne 1 : le fichier commence par une marque invisible (BOM) ; enregistrez-le en UTF-8 sans BOM, "
        "ou lancez « python -m etl normalise {file} » qui l’enlève.",
        ", line 1: the file begins with an invisible mark (BOM); save it as UTF-8 without BOM, or run “python -m etl "
        "normalise {file}” which removes it.",
    ),
    "carriage returns": (
        "line-ending",
        TEXT.replace("\n", "\r\n").encode(),
        ", ligne 1 : la ligne finit par un retour chariot (CR) ; enregistrez le fichier avec des fins de ligne "
        "Unix (LF), ou lancez « python -m etl normalise {file} » qui les met.",
        ", line 1: the line ends with a carriage return (CR); save the file with Unix line endings (LF), or run "
        "“python -m etl normalise {file}” which writes them.",
    ),
    "semicolons": (
        "delimiter",
        TEXT.replace(",", ";").encode(),
        ", ligne 1 : les colonnes sont séparées par « ; » ; séparez-les par des virgules, ou lancez « python -m etl "
        "normalise {file} » qui le fait.",
        ", line 1: the columns are separated by “;”; separate them with commas, or run “python -m etl normalise "
        "{file}” which does it.",
    ),
    "tabs": (
        "delimiter-tab",
        TEXT.replace(",", "\t").encode(),
        ", ligne 1 : les colonnes sont séparées par des tabulations ; séparez-les par des virgules, ou lancez « python "
        "-m etl normalise {file} » qui le fait.",
        ", line 1: the columns are separated by tabs; separate them with commas, or run “python -m etl normalise "
        "{file}” which does it.",
    ),
    "a French spreadsheet that saved each line as one cell": (
        "wrapped",
        resaved_by_a_french_spreadsheet(as_text(edited(2, note="un ; deux, et trois"))).encode(),
        ", ligne 1 : chaque ligne a été enregistrée comme une seule cellule (un tableur a ouvert les virgules comme du "
        "texte) ; lancez « python -m etl normalise {file} » qui les sépare.",
        ", line 1: each line was saved as a single cell (a spreadsheet opened the commas as text); run “python -m etl "
        "normalise {file}” which separates them.",
    ),
    "blank columns": (
        "columns-blank",
        TEXT.replace("\n", ",,,\n").encode(),
        ", ligne 1 : 3 colonnes vides suivent la dernière (n° 40) ; supprimez-les.",
        ", line 1: 3 blank columns follow the last one (no. 40); remove them.",
    ),
    "blank lines at the end": (
        "rows-blank",
        (TEXT + ",,,\n" * 3).encode(),
        ", ligne 7 : les 3 dernières lignes du fichier sont vides (jusqu’à la ligne 9) ; supprimez-les.",
        ", line 7: the last 3 lines of the file are blank (up to line 9); remove them.",
    ),
    "a blank cell too many": (
        "row-blank-cells",
        TEXT.replace(",2026-11-22,\n2025-02", ",2026-11-22,,,\n2025-02").encode(),
        ", ligne 2 : des cellules vides dépassent la dernière colonne ; supprimez les virgules de trop.",
        ", line 2: blank cells run past the last column; remove the extra commas.",
    ),
    "blank header": (
        "header-blank",
        f"\n{TEXT}".encode(),
        f", ligne 1 : l’en-tête est vide ; écrivez sur la première ligne : {HEADER}.",
        f", line 1: the header is blank; write on the first line: {HEADER}.",
    ),
    "no header": (
        "header-missing",
        TEXT.split("\n", 1)[1].encode(),
        ", ligne 1 : cette ligne n’est pas un en-tête : aucune colonne n’y est connue ; écrivez sur la première "
        f"ligne : {HEADER}.",
        f", line 1: this line is not a header: it holds no known column; write on the first line: {HEADER}.",
    ),
    "a web page": (
        "file-markup",
        f"<!DOCTYPE html>\n<table><tr><td>{TEXT}</table>".encode(),
        " : c’est une page web ou du XML, et non un fichier CSV ; enregistrez-le au format .xlsx, ou « CSV UTF-8 ».",
        ": this is a web page or XML, not a CSV file; save it as .xlsx, or as “CSV UTF-8”.",
    ),
    "the header again": (
        "header-again",
        f"{TEXT}{HEADER}\n".encode(),
        ", ligne 7 : cette ligne répète l’en-tête ; supprimez-la.",
        ", line 7: this line repeats the header; remove it.",
    ),
    "open quote": (
        "quoting",
        (TEXT + '2025-07-x,"jamais fermé\n').encode(),
        ', ligne 7 : les guillemets droits (") de cette ligne sont mal fermés ; entourez la cellule de " et '
        'doublez ("") ceux de son texte.',
        ', line 7: the double quotes (") of this line do not match; enclose the cell in " and double ("") those '
        "of its text.",
    ),
    "endless cell": (
        "cell-too-long",
        (TEXT + "x" * 140_000 + "\n").encode(),
        ', ligne 7 : une cellule dépasse 131 072 signes ; raccourcissez-la, ou fermez le guillemet droit (") '
        "resté ouvert.",
        ', line 7: a cell is longer than 131,072 characters; shorten it, or close the double quote (") left open.',
    ),
    "blank line": (
        "row-blank",
        TEXT.replace("\n2025-02", "\n\n2025-02").encode(),
        ", ligne 3 : cette ligne est vide ; supprimez-la.",
        ", line 3: this line is blank; remove it.",
    ),
    "extra cells": (
        "row-extra-cell",
        TEXT.replace("Campus de Béthune", "Campus, de, Béthune").encode(),
        ", ligne 3 : 42 cellules au lieu de 40, la première en trop est « 2026-11-22 » ; entourez de guillemets "
        'droits (") la cellule qui contient une virgule, ou supprimez la virgule de trop.',
        ", line 3: 42 cells instead of 40, the first one too many is “2026-11-22”; enclose in double quotes "
        '(") the cell that contains a comma, or remove the extra comma.',
    ),
    "missing cells": (
        "row-missing-cell",
        TEXT.replace("Béthune campus,site,ai,", "Béthune campus,site,ai").encode(),
        ", ligne 3 : 39 cellules au lieu de 40, la dernière est «  » ; ajoutez les virgules qui manquent (une "
        "cellule vide reste entre deux virgules).",
        ", line 3: 39 cells instead of 40, the last one is “”; add the missing commas (a blank cell stays between "
        "two commas).",
    ),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_a_broken_file_is_said_in_one_sentence(tmp_path: Path, name: str) -> None:
    code, content, french, english = CONTENTS[name]
    path = tmp_path / "annonces.csv"
    path.write_bytes(content)
    expected = [typeset(french).replace("{file}", str(path))], [english.replace("{file}", str(path))]
    assert said(path) == expected
    assert [problem.code for problem in check_file(path).problems] == [code]


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    french, english = said(tmp_path / "rien.csv")
    assert french == [
        typeset(" : ce fichier n’existe pas ; donnez le chemin d’un fichier CSV, par exemple data/announcements.csv.")
    ]
    assert english == [": this file does not exist; give the path of a CSV file, for example data/announcements.csv."]
    french, english = said(tmp_path)
    assert french == [typeset(" : c’est un dossier ; donnez le chemin d’un fichier CSV.")]
    assert english == [": this is a folder; give the path of a CSV file."]
    french, english = said(Path("un\0fichier"))
    assert english[0].endswith("that you are allowed to read.")


HEADERS = {
    "renamed": (
        "column-unknown",
        ("region_code", "Région"),
        ", ligne 1, colonne Région : « Région » n’est pas une colonne connue ; écrivez region_code.",
        ", line 1, column Région: “Région” is not a known column; write region_code.",
    ),
    "unnamed": (
        "column-blank",
        ("note", ""),
        ", ligne 1 : la colonne n° 40 n’a pas de nom ; nommez-la ou supprimez-la.",
        ", line 1: column no. 40 has no name; name it or remove it.",
    ),
    "twice": (
        "column-duplicate",
        ("note", "id"),
        ", ligne 1, colonne id : « id » est déjà le nom d’une colonne précédente ; supprimez ou renommez celle-ci.",
        ", line 1, column id: “id” is already the name of an earlier column; remove or rename this one.",
    ),
    "foreign": (
        "column-unknown",
        ("note", "zzz"),
        ", ligne 1, colonne zzz : « zzz » n’est pas une colonne connue ; supprimez-la, ou déclarez-la dans "
        "data/schema.json.",
        ", line 1, column zzz: “zzz” is not a known column; remove it, or declare it in data/schema.json.",
    ),
}
MISSING_NOTE = (
    ", ligne 1, colonne note : cette colonne manque ; ajoutez note à l’en-tête et une cellule à chaque ligne.",
    ", line 1, column note: this column is missing; add note to the header and a cell to each line.",
)


@pytest.mark.parametrize("name", HEADERS)
def test_each_wrong_column_of_the_header_is_said(write: Write, name: str) -> None:
    code, (column, label), french, english = HEADERS[name]
    rows = table()
    rows[0][COLUMNS.index(column)] = label
    path = write(rows)
    french_lines, english_lines = said(path)
    assert code in [problem.code for problem in check_file(path).problems]
    assert typeset(french) in french_lines and english in english_lines
    missing = [] if name == "renamed" else [typeset(MISSING_NOTE[0])]
    assert sorted(french_lines) == sorted([typeset(french), *missing])
    assert (MISSING_NOTE[1] in english_lines) is bool(missing)


def test_columns_in_another_order_are_said_and_still_read_by_name(write: Write) -> None:
    rows = [[*row[:3], row[4], row[3], *row[5:]] for row in edited(3, status="anounced")]
    french, english = said(write(rows))
    assert french == [
        typeset(", ligne 1, colonne kind : « kind » n’est pas à sa place ; la colonne n° 4 doit être project_name_en."),
        typeset(", ligne 3, colonne status : « anounced » n’est pas un code permis ; écrivez announced (Annoncé)."),
    ]
    assert english == [
        ", line 1, column kind: “kind” is not in its place; column no. 4 must be project_name_en.",
        ", line 3, column status: “anounced” is not an allowed code; write announced.",
    ]


def test_the_cells_of_a_renamed_column_are_judged_in_the_same_run(write: Write) -> None:
    rows = edited(3, region_code="Hauts de France")
    rows[0][COLUMNS.index("region_code")] = "Region code"
    assert [problem.code for problem in check_file(write(rows)).problems] == ["column-unknown", "unknown-region"]


def test_without_a_column_the_other_cells_are_judged_and_nothing_is_invented(write: Write) -> None:
    at = COLUMNS.index("project_id")
    rows = [[*row[:at], *row[at + 1 :]] for row in edited(3, status="anounced")]
    assert [problem.code for problem in check_file(write(rows)).problems] == ["column-missing", "enum"]


def test_lines_are_those_of_an_editor_even_under_quoted_line_breaks(write: Write) -> None:
    rows = edited(2, note="deux\nlignes\nde plus")
    rows[4][COLUMNS.index("status")] = "anounced"
    path = write(rows)
    (problem,) = check_file(path).problems
    assert problem.line == 7
    assert path.read_text(encoding="utf-8").split("\n")[problem.line - 1].startswith("2025-05-sites-63")


def test_a_broken_line_hides_no_other_mistake_and_accuses_no_other_line(tmp_path: Path) -> None:
    lines = as_text(edited(6, status="anounced")).split("\n")
    lines[2] = lines[2].replace("Campus de Béthune", '"Campus" de Béthune')  # the first line of a parent
    path = tmp_path / "annonces.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = [(problem.line, problem.code) for problem in check_file(path).problems]
    assert found == [(3, "quoting"), (6, "enum")]


def test_a_file_of_unreadable_lines_is_left_before_it_costs_too_much(tmp_path: Path) -> None:
    path = tmp_path / "annonces.csv"
    path.write_text(TEXT + '"a"b\n' * 2000, encoding="utf-8")
    french, english = said(path)
    assert french[0] == typeset(
        ', ligne 7 : les guillemets droits (") de cette ligne sont mal fermés ; entourez la cellule de " et doublez '
        '("") ceux de son texte. De même : 49 autres lignes (8, 9, 10, 11, 12, 13, 14, 15, 16, 17, …).'
    )
    assert (len(french), check_file(path).count) == (2, 51)
    assert french[-1] == typeset(
        ", ligne 57 : trop de lignes illisibles : la lecture s’arrête ici et 1950 lignes ne sont pas lues ; "
        "corrigez d’abord les précédentes."
    )
    assert english[-1] == (
        ", line 57: too many unreadable lines: reading stops here and 1950 lines are not read; correct those "
        "above first."
    )
