"""A page of plain HTML from its template: what every page of the sheets and of the kit is given, and how it is written.

Rule: templates escape whatever they are given, and a name that nothing gives is an error.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pages.shared.addresses import SHEETS
from pages.shared.citation import LICENCE
from pages.shared.preview import PREVIEWS
from pages.shared.texts import LANGUAGE_NAMES, LANGUAGES, LOCALES, text
from sheets.addresses import live
from sheets.words import say

TEMPLATES = Path(__file__).parent / "templates"
# What HTML cannot hold, even escaped: the database may, since a cell may.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def environment(*folders: Path) -> Environment:
    """Return what finds templates in these folders, those of the sheets last."""
    return Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def write(known: Environment, template: str, lang: str, content: Mapping[str, Any]) -> bytes:
    """Return a page in `lang`: the template with what all pages are given, and its content."""
    written = known.get_template(template).render(
        lang=lang,
        others=[name for name in LANGUAGES if name != lang],
        languages=LANGUAGES,
        locales=LOCALES,
        names=LANGUAGE_NAMES,
        roots=SHEETS,
        licence=LICENCE,
        previews=PREVIEWS,
        live_page=live,
        say=in_language(say, lang),
        text=in_language(text, lang),
        **content,
    )
    return UNWRITABLE.sub("\ufffd", written).encode("utf-8", "replace")


def in_language(speak: Callable[..., str], lang: str) -> Callable[..., str]:
    """Return what says a key in one language, for a template."""
    return partial(speak, lang=lang)
