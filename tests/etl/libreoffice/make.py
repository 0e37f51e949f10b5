"""Make the files of `made/`: what LibreOffice does to the small good file, opened and saved as people do.

Rule: run by hand, on a machine that has it; the tests read what is kept. On Debian 12, as root:

    apt-get install --no-install-recommends libreoffice-calc libreoffice-l10n-fr python3-uno
    /usr/bin/python3 tests/etl/libreoffice/make.py

The files kept were made by LibreOffice 7.4.7.2 of Debian 12.
"""

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import NamedValue, PropertyValue
from com.sun.star.connection import NoConnectException

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CLEAN = HERE / "clean.csv"
MADE = HERE / "made"
PASSWORD = "azur"  # noqa: S105 – seals a file that no one needs to open
PIPE = "infra-ia-corpus"
ADDRESS = f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext"
CSV = "Text - txt - csv (StarCalc)"
XLSX, XLS, ODS = "Calc MS Excel 2007 XML", "MS Excel 97", "calc8"
HTML = "HTML (StarCalc)"
# A French machine: what is typed and saved is French, whatever the machine that runs this.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item></oor:items>
"""
# Tokens of the filter: separator, quote, character set (76: UTF-8, 1: Windows-1252, 65535: UTF-16, 2: Mac, 4: DOS,
# 22: Latin-9), first line, columns, language (1036: French), quote all texts, recognise dates (to open) or save as
# shown (to save).
AS_FRENCH = "44,34,76,1,,1036,false,true"
AS_ENGLISH = "44,34,76,1,,1033,false,true"
NOT_CUT = "59,34,76,1,,1036,false,true"  # commas opened at semicolons
COMMAS = "44,34,76,1,,1036,false,true"
SEMICOLONS = "59,34,76,1,,1036,false,true"

# name of the file → how the good one is opened, then saved
SAVED: dict[str, tuple[str, str, str]] = {
    "french.csv": (AS_FRENCH, CSV, COMMAS),
    "english.csv": (AS_ENGLISH, CSV, COMMAS),
    "french-semicolons.csv": (AS_FRENCH, CSV, SEMICOLONS),
    "french-windows.csv": (AS_FRENCH, CSV, "59,34,1,1,,1036,false,true"),
    "french-utf-16.csv": (AS_FRENCH, CSV, "9,34,65535,1,,1036,false,true"),
    "french-tabs.csv": (AS_FRENCH, CSV, "9,34,76,1,,1036,false,true"),
    "french-quoted.csv": (AS_FRENCH, CSV, "44,34,76,1,,1036,true,true"),
    "french-apostrophes.csv": (AS_FRENCH, CSV, "44,39,76,1,,1036,true,true"),
    "french-mac.csv": (AS_FRENCH, CSV, "59,34,2,1,,1036,false,true"),
    "french-dos.csv": (AS_FRENCH, CSV, "59,34,4,1,,1036,false,true"),
    "french-latin-9.csv": (AS_FRENCH, CSV, "59,34,22,1,,1036,false,true"),
    "not-cut.csv": (NOT_CUT, CSV, SEMICOLONS),
    "french.xlsx": (AS_FRENCH, XLSX, ""),
    "english.xlsx": (AS_ENGLISH, XLSX, ""),
    "french.xls": (AS_FRENCH, XLS, ""),
    "french.ods": (AS_FRENCH, ODS, ""),
    "page.xls": (AS_FRENCH, HTML, ""),
}
# What a French person types over the good file: line and column, both from 1.
TYPED: dict[tuple[int, str], str] = {
    (2, "investment_low_meur"): "1 200,5",
    (2, "investment_high_meur"): "12E+3",
    (3, "announced_on"): "10/2/2025",
    (3, "power_low_mw"): "20%",
    (3, "jobs_low"): "=50+50",
    (3, "jobs_high"): "=1/0",
    (3, "target_year"): "VRAI",
    (4, "source_date"): "mars 2025",
    (5, "sites_count"): "20 Md€",
    (6, "source_date"): "1/6/25",
}


def properties(**values: Any) -> tuple[PropertyValue, ...]:
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


@contextlib.contextmanager
def office() -> Iterator[Any]:
    """Start LibreOffice without a screen, with a profile of its own, and give its desktop."""
    with tempfile.TemporaryDirectory() as profile:
        settings = Path(profile) / "user" / "registrymodifications.xcu"
        settings.parent.mkdir()
        settings.write_text(SETTINGS, encoding="utf-8")
        command = ["soffice", "--headless", "--norestore", f"--accept=pipe,name={PIPE};urp;"]
        running = subprocess.Popen([*command, f"-env:UserInstallation={Path(profile).as_uri()}"])
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(120):
            try:
                context = resolver.resolve(ADDRESS)
                break
            except NoConnectException:
                time.sleep(0.5)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        try:
            yield desktop
        finally:
            with contextlib.suppress(Exception):
                desktop.terminate()
            running.wait(60)


@contextlib.contextmanager
def opened(desktop: Any, path: Path, how: str) -> Iterator[Any]:
    options = properties(Hidden=True, **({"FilterName": CSV, "FilterOptions": how} if how else {}))
    document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, options)
    try:
        yield document
    finally:
        document.close(True)


def save(document: Any, name: str, kind: str, how: str = "", **more: Any) -> None:
    values = {"FilterName": kind, **({"FilterOptions": how} if how else {}), **more}
    document.storeToURL((MADE / name).as_uri(), properties(**values))
    print(name, (MADE / name).stat().st_size)


def sealed_with(password: str) -> Any:
    """Return what an .xlsx takes instead of a plain password."""
    values = NamedValue("OOXPassword", password), NamedValue("CryptoType", "Standard")
    return uno.Any("[]com.sun.star.beans.NamedValue", values)


@contextlib.contextmanager
def exported() -> Iterator[Path]:
    """Give the workbook that `export-xlsx` makes of the good file for those who edit it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        command = [ROOT / ".venv" / "bin" / "python", "-m", "etl", "export-xlsx", CLEAN, "--output", path]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        yield path


def type_in(document: Any, cells: Mapping[tuple[int, str], str]) -> None:
    """Type texts as a French keyboard would: LibreOffice makes numbers, days and formulas of them."""
    sheet = document.Sheets.getByIndex(0)
    names = CLEAN.read_text(encoding="utf-8").split("\n")[0].split(",")
    for (line, column), typed in cells.items():
        sheet.getCellByPosition(names.index(column), line - 1).FormulaLocal = typed


def main() -> None:
    MADE.mkdir(exist_ok=True)
    with office() as desktop:
        for name, (how, kind, saved) in SAVED.items():
            with opened(desktop, CLEAN, how) as document:
                save(document, name, kind, saved)
        with opened(desktop, CLEAN, AS_FRENCH) as document:
            save(document, "sealed.xlsx", XLSX, EncryptionData=sealed_with(PASSWORD))
            save(document, "sealed.ods", ODS, Password=PASSWORD)
            type_in(document, TYPED)
            save(document, "typed.csv", CSV, COMMAS)
            save(document, "typed.xlsx", XLSX)
        with exported() as workbook, opened(desktop, workbook, "") as document:
            save(document, "export.xlsx", XLSX)
            save(document, "export.csv", CSV, SEMICOLONS)


if __name__ == "__main__":
    main()
