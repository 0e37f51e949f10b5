"""The rules of the rooms, read in the code itself: who may import whom, and what may be written where.

Each rule is a function from a source to the list of its breaches: it is shown a breach, then the repository.
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("app", "pages", "api", "sheets", "kit", "operations", "answering", "queries", "etl")

# Rows into words, numbers and HTML: what pages and sheets both say. Nothing here loads Streamlit.
WORDS_OF_THE_SITE = tuple(
    f"pages.shared.{name}"
    for name in (
        "texts",
        "addresses",
        "numbers",
        "dates",
        "markup",
        "citation",
        "preview",
        "card",
        "cards",
        "explained",
        "region_figures",
        "project_words",
        "project_items",
        "dossier_words",
        "claim_list",
        "family_words",
        "source_table",
        "charts.project_stages",
    )
)
# The room of a module (the longest prefix that fits) → what it may import of the project, with all beneath.
ARROWS = {
    "app": ("pages", "api", "sheets", "kit", "operations", "answering", "etl"),
    "pages": ("pages.shared",),
    # A row that is being written is named and placed in the page as on the command line.
    "pages.shared": ("pages.shared", "queries", "etl.schema", "etl.drafts", "etl.new_row", "etl.placing"),
    # The document that carries the site is answered as other finished pages are.
    "pages.shared.document": ("pages.shared", "answering"),
    "pages.shared.draft": (
        "pages.shared",
        "queries",
        "etl.schema",
        "etl.reading",
        "etl.placing",
        "etl.check",
        "etl.trial",
        "etl.messages",
        "etl.database",
    ),
    # What is being made lies in a folder that goes with its maker, whoever makes it.
    "api": ("api", "answering", "queries", "etl.schema", "etl.drafts"),
    # A sheet says what the page says, in the same words: those of the site that know no Streamlit, nothing else of it.
    "sheets": ("sheets", "answering", "queries", "etl.schema", *WORDS_OF_THE_SITE),
    # A kit takes the charts of the site away, and stands on the sheets for what frames a plain page.
    "kit": ("kit", "sheets", "answering", "queries", "etl.schema", *WORDS_OF_THE_SITE, "pages.shared.charts"),
    # It looks at what the other rooms keep, and at the form of their addresses; none looks at it.
    "operations": ("operations", "api", "sheets", "kit", "answering", "pages.shared.addresses"),
    # How a request is answered, whatever is asked: it knows no other room.
    "answering": ("answering",),
    "queries": ("queries", "etl.schema", "etl.drafts", "etl.whole"),
    "etl": ("etl",),
    # What a row changes is asked of a built database, as anybody asks: nothing that builds imports this module.
    "etl.add_effect": ("etl", "queries"),
}
STREAMLIT_ROOMS = ("app", "pages")
# « DataFrame → Figure » and words and numbers: what a program without Streamlit can use and test.
WITHOUT_STREAMLIT = ("pages.shared.charts", *WORDS_OF_THE_SITE)
ETL_LIBRARIES = {*sys.stdlib_module_names, "duckdb", "frictionless", "prompt_toolkit", "xlsxwriter"}
CACHES = {"cache_data", "cache_resource"}
THE_CACHE = "pages.shared.data"
AGGREGATIONS = {"groupby", "agg", "aggregate", "sum", "mean", "median", "pivot", "pivot_table", "cumsum"}
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b|\brgba?\(")
SQL = re.compile(r"\bselect\b.*\bfrom\b|\bgroup\s+by\b|\border\s+by\b", re.IGNORECASE | re.DOTALL)
THE_SCRIPT_OF_LIBREOFFICE = ROOT / "tests/etl/libreoffice/make.py"  # run by LibreOffice's own Python
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/\w|\.\./shared\b")
TEXT_SUFFIXES = {
    ".py",
    ".sql",
    ".toml",
    ".md",
    ".in",
    ".txt",
    ".json",
    ".csv",
    ".sh",
    ".mjs",
    ".yaml",
    ".yml",
    "",
}
WRITTEN_HIDDEN = {".ci", ".streamlit", ".github"}
# Generous: a module should stay under about 200 lines, a page under 100. Beyond this, split it.
MODULE_LINES = 250
PAGE_LINES = 125


def is_under(module: str, room: str) -> bool:
    """Tell whether a dotted name is a room or lies beneath it."""
    return module == room or module.startswith(f"{room}.")


def room_of(module: str) -> str:
    """Return the narrowest room that holds the module."""
    return max((room for room in ARROWS if is_under(module, room)), key=len)


def modules() -> Iterator[tuple[str, Path]]:
    """Yield the dotted name and path of each module of the rooms; a package bears the name of its folder."""
    for room in ROOMS:
        found = [ROOT / f"{room}.py"] if (ROOT / f"{room}.py").exists() else sorted((ROOT / room).rglob("*.py"))
        for path in found:
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(part for part in parts if part != "__init__"), path


def imports_of(module: str, source: str, is_package: bool = False) -> Iterator[str]:
    """Yield the absolute name of whatever the source imports, at any depth; `from a import b` gives `a.b`."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def wrong_arrows(module: str, source: str, is_package: bool = False) -> list[str]:
    """Return the imports that the architecture does not allow."""
    room = room_of(module)
    wrong = []
    for imported in imports_of(module, source, is_package):
        top = imported.split(".")[0]
        if top in ROOMS and not any(is_under(imported, allowed) for allowed in ARROWS[room]):
            wrong.append(f"{module} → {imported}")
        if top == "streamlit" and (
            module.split(".")[0] not in STREAMLIT_ROOMS or any(is_under(module, room) for room in WITHOUT_STREAMLIT)
        ):
            wrong.append(f"{module} → {imported}")
        if module.split(".")[0] == "etl" and top not in ROOMS and top not in ETL_LIBRARIES:
            wrong.append(f"{module} → {imported}")
    return wrong


def strings_of(source: str) -> Iterator[ast.Constant]:
    """Yield the strings of a source that are not docstrings."""
    tree = ast.parse(source)
    documented = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, documented) and node.body]
    docstrings = {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def names_used(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and name of every name and attribute used."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, alias.name) for alias in node.names)


def misplaced_sql(module: str, source: str) -> list[str]:
    """Return the strings that look like SQL, in a room which may hold none."""
    if room_of(module) in ("queries", "etl"):
        return []
    return [f"{module}:{node.lineno} holds SQL" for node in strings_of(source) if SQL.search(node.value)]


def misplaced_caches(module: str, source: str) -> list[str]:
    """Return Streamlit's caches used anywhere but in the one module that caches."""
    if module == THE_CACHE:
        return []
    return [f"{module}:{line} caches by {name}" for line, name in names_used(source) if name in CACHES]


def breaches_of_a_page(module: str, source: str) -> list[str]:
    """Return what a page, which is a script of interface only, may not hold: colour, aggregation, cache."""
    colours = [f"{module}:{n.lineno} holds a colour" for n in strings_of(source) if COLOUR.search(n.value)]
    forbidden = AGGREGATIONS | CACHES | {"cache", "lru_cache"}
    return colours + [f"{module}:{line} uses {name}" for line, name in names_used(source) if name in forbidden]


def too_long(module: str, source: str) -> list[str]:
    """Return the module with its length where it passes the limit of its kind."""
    lines = len(source.splitlines())
    limit = PAGE_LINES if room_of(module) == "pages" else MODULE_LINES
    return [f"{module}: {lines} lines, more than {limit}"] if lines > limit else []


def circles(arrows: dict[str, set[str]]) -> list[str]:
    """Return the modules that import each other in a circle, one line a circle, by removing leaves."""
    left = {module: set(targets) for module, targets in arrows.items()}
    while leaves := {module for module, targets in left.items() if not targets & left.keys()}:
        left = {module: targets for module, targets in left.items() if module not in leaves}
    return [f"{module} → {', '.join(sorted(targets & left.keys()))}" for module, targets in sorted(left.items())]


def text_files() -> Iterator[Path]:
    """Yield the text files that people wrote: no environment, no cache, nothing of git's."""
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name in WRITTEN_HIDDEN or not name.startswith((".", "__pycache__"))]
        for path in (Path(folder, name) for name in sorted(names)):
            if path.suffix in TEXT_SUFFIXES:
                yield path


MODULES = list(modules())
PAGES = [(module, path) for module, path in MODULES if room_of(module) == "pages" and path.parent == ROOT / "pages"]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("etl.build", "import queries"),
        ("etl.check", "import pandas"),
        ("etl.build", "from api.assets import routes"),
        ("etl.add", "from queries import open_database"),
        ("etl.add_effect", "import pandas"),
        ("queries.database", "from etl import build"),
        ("queries.database", "from etl.build import build"),
        ("queries.database", "import streamlit as st"),
        ("api.assets", "def late():\n    import streamlit"),
        ("api.assets", "from pages.shared import data"),
        ("sheets.region", "from pages.shared import data"),
        ("sheets.region", "from api.answers import answer"),
        ("sheets.region", "from kit.addresses import read_path"),
        ("kit.drawing", "from pages.shared import data"),
        ("kit.drawing", "import streamlit as st"),
        ("kit.rendering", "from api.formats import write_csv"),
        ("answering.bodies", "from queries import Database"),
        ("pages.map", "from queries import open_database"),
        ("pages.map", "from pages import regions"),
        ("pages.map", "import etl.schema"),
        ("pages.shared.data", "from etl import check"),
        ("pages.shared.data", "from .. import overview"),
        ("pages.shared.charts.map", "import streamlit as st"),
        ("pages.shared.numbers", "from streamlit import context"),
        ("app", "import queries"),
    ],
)
def test_a_wrong_arrow_is_seen(module: str, source: str) -> None:
    assert len(wrong_arrows(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("app", "from api import assets\nfrom etl.build import build\nimport streamlit as st"),
        ("pages.map", "import streamlit as st\nfrom pages.shared import data, layout"),
        ("pages.shared.data", "import pandas\nfrom queries import Selection\nfrom . import language"),
        ("etl.add_effect", "from etl.database import write_database\nfrom queries import open_database"),
        ("pages.shared.draft", "from etl.check import check\nfrom etl import database"),
        ("queries.selection", "from etl.schema import Schema\nfrom .scope import Scope"),
        (
            "etl.build",
            "import duckdb\nfrom pathlib import Path\nfrom etl import schema\nfrom .check import check",
        ),
    ],
)
def test_a_right_arrow_is_let_through(module: str, source: str) -> None:
    assert wrong_arrows(module, source) == []


def test_the_sheets_the_kit_and_the_words_they_share_load_no_streamlit() -> None:
    loads = "; ".join(f"import {name}" for name in (*WORDS_OF_THE_SITE, "sheets.service", "kit.service"))
    asked = [sys.executable, "-c", f"import sys; {loads}; sys.exit('streamlit' in sys.modules)"]
    assert subprocess.run(asked, cwd=ROOT, check=False).returncode == 0


def test_every_import_follows_the_architecture() -> None:
    assert len(MODULES) > 20
    wrong = [
        breach
        for module, path in MODULES
        for breach in wrong_arrows(module, path.read_text(encoding="utf-8"), path.name == "__init__.py")
    ]
    assert wrong == []


def test_no_module_imports_itself_in_a_circle() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == ["a → b", "b → c", "c → b", "d → a"]
    names = {module for module, _ in MODULES}
    arrows: dict[str, set[str]] = {}
    for module, path in MODULES:
        imported = imports_of(module, path.read_text(encoding="utf-8"), path.name == "__init__.py")
        # `from a import b` imports module a.b where there is one, and a otherwise.
        arrows[module] = {n if n in names else n.rpartition(".")[0] for n in imported} & names - {module}
    assert circles(arrows) == []


def test_only_queries_and_etl_hold_sql() -> None:
    query = 'import duckdb\nduckdb.sql("SELECT 1 FROM projects")'
    assert misplaced_sql("pages.map", query) == ["pages.map:2 holds SQL"]
    assert misplaced_sql("queries.database", query) == []
    assert misplaced_sql("pages.map", '"""Select a region from the map."""') == []
    assert [b for module, path in MODULES for b in misplaced_sql(module, path.read_text(encoding="utf-8"))] == []


def test_only_one_module_of_the_site_caches() -> None:
    cache = "import streamlit as st\n@st.cache_data\ndef f(): ..."
    assert misplaced_caches("pages.shared.filters", cache) == ["pages.shared.filters:2 caches by cache_data"]
    assert misplaced_caches("pages.shared.data", cache) == []
    assert [b for module, path in MODULES for b in misplaced_caches(module, path.read_text(encoding="utf-8"))] == []


def test_a_page_holds_no_colour_no_aggregation_and_no_cache() -> None:
    page = 'colour = "#0B5FA5"\ntotal = frame["x"].sum()\nanchor = "#carte"\nimport functools\nfunctools.cache'
    found = ["pages.map:1 holds a colour", "pages.map:2 uses sum", "pages.map:5 uses cache"]
    assert sorted(breaches_of_a_page("pages.map", page)) == found
    assert len(PAGES) >= 6
    assert [b for module, path in PAGES for b in breaches_of_a_page(module, path.read_text(encoding="utf-8"))] == []


def test_no_query_names_the_catalogue() -> None:
    files = sorted((ROOT / "queries").rglob("*.sql"))
    assert files
    assert [path.name for path in files if re.search(r"\bobservatory\.", path.read_text(encoding="utf-8"))] == []


def test_modules_stay_short() -> None:
    assert too_long("pages.map", "x\n" * 126) == ["pages.map: 126 lines, more than 125"]
    assert too_long("pages.shared.data", "x\n" * 126) == []
    assert [b for module, path in MODULES for b in too_long(module, path.read_text(encoding="utf-8"))] == []


def test_nothing_names_a_path_of_a_machine() -> None:
    assert MACHINE_PATH.search("open('/" + "home/somebody/x')")
    assert not MACHINE_PATH.search("https://example.org/" + "work/report")
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if MACHINE_PATH.search(line)
    ]
    assert wrong == []


def test_the_pinned_requirements_name_no_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        pinned = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in pinned
        assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links|file:", pinned) == []


def test_the_requirements_are_what_the_code_imports() -> None:
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    # A line with a reason is a library that another takes up by itself.
    required = {line.strip() for line in lines if line.strip() and "#" not in line}
    imported = {
        name.split(".")[0]
        for module, path in MODULES
        for name in imports_of(module, path.read_text(encoding="utf-8"), path.name == "__init__.py")
    }
    assert imported - sys.stdlib_module_names - set(ROOMS) == required


def test_the_tests_need_nothing_but_what_they_install() -> None:
    """What another file of requirements installs is there on the machine of its author, and nowhere else."""
    pinned = {
        line.split("==")[0].split("[")[0]
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    distributions = packages_distributions()
    rooms = {*ROOMS, "tests", "docs", "benchmarks"}
    missing = {
        (path.relative_to(ROOT).as_posix(), name)
        for folder in ("tests", "docs")
        for path in (ROOT / folder).rglob("*.py")
        if path != THE_SCRIPT_OF_LIBREOFFICE
        for name in {
            imported.split(".")[0]
            for imported in imports_of(path.stem, path.read_text(encoding="utf-8"), path.name == "__init__.py")
        }
        - sys.stdlib_module_names
        - rooms
        if not pinned & {distribution.lower().replace("_", "-") for distribution in distributions.get(name, [])}
    }
    assert missing == set()
