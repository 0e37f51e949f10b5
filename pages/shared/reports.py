"""« Signaler une erreur »: the address of a message about a project, a claim or a table, ready to be completed.

Rule: `site.toml`, or INFRA_IA_REPORT_TO, says to whom. Words in, address out: whatever a name holds stays words, and
opens no other field of the message. No Streamlit here.
"""

import os
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from etl.schema import ROOT
from pages.shared.markup import LINE_BREAKS, web_address
from pages.shared.texts import text

SETTINGS = ROOT / "site.toml"
VARIABLE = "INFRA_IA_REPORT_TO"
# A line of a mail ends with both (RFC 6068, 5).
MAIL_LINE = "\r\n"


@dataclass(frozen=True)
class Report:
    """What is wrong: `nature` is "project", "claim", "table" or "page", `id` its identifier, `name` its name for
    people, `address` the page it was seen on, `version` that of the data."""

    nature: str
    id: str
    name: str
    address: str
    version: str


def report_to() -> str:
    """Return where reports go, "" where nobody takes them. Raises KeyError where the file lacks the setting."""
    if VARIABLE in os.environ:
        return os.environ[VARIABLE].strip()
    return _settings(SETTINGS)["report_to"].strip()


def report_link(report: Report, lang: str, to: str | None = None) -> str | None:
    """Return the address that opens a message to `to` (the setting's by default) with its subject and body written.

    A mailbox takes `subject` and `body` (RFC 6068), a page of a forge `title` and `body`; None for anything else.
    """
    parts = urlsplit(report_to() if to is None else to)
    values = {
        "about": text(f"reports.about.{report.nature}", lang, id=_line(report.id), name=_line(report.name)),
        "address": _line(report.address),
        "version": _line(report.version),
    }
    subject, body = text("reports.subject", lang, **values), text("reports.body", lang, **values)
    if parts.scheme == "mailto" and "@" in parts.path:
        fields = {"subject": subject, "body": body.replace("\n", MAIL_LINE)}
    elif web_address(parts.geturl()):
        fields = {"title": subject, "body": body}
    else:
        return None
    # A mail program shows the « + » of a form as it is: spaces are %20.
    written = [f"{name}={quote(words, safe='', errors='replace')}" for name, words in fields.items()]
    return urlunsplit(parts._replace(query="&".join(filter(None, [parts.query, *written]))))


def report_html(report: Report, lang: str) -> str:
    """Return the HTML link « Signaler une erreur »; "" where nobody takes reports."""
    address = report_link(report, lang)
    if address is None:
        return ""
    target = 'target="_self"' if address.startswith("mailto:") else 'target="_blank" rel="noopener noreferrer"'
    return f'<a href="{escape(address)}" {target}>{escape(text("reports.label", lang))}</a>'


def _line(words: str) -> str:
    return LINE_BREAKS.sub(" ", words)


@lru_cache(maxsize=1)
def _settings(path: Path) -> dict[str, str]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
