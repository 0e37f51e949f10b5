"""« Signaler une erreur »: a message to whom the setting says, with what it is about, and nothing a name could add."""

from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import pytest

from pages.shared import reports
from pages.shared.reports import Report, report_html, report_link, report_to
from tests.pages.conftest import OpenPage, read

N = "\u202f"
REPORT = Report("project", "cambrai", "Site d’essai", "https://example.org/projets?project=cambrai&lang=fr", "abc-1")
HOSTILE = "x&bcc=a@b.example\r\nBcc: c@d.example\n<script>\"'#?% +é"
MAILBOX = "mailto:signalements@example.org"
FORGE = "https://forge.example/issues/new"


def test_a_mailbox_gets_a_subject_and_a_body() -> None:
    link = report_link(REPORT, "fr", MAILBOX)
    assert link is not None and link.startswith(f"{MAILBOX}?subject=Erreur%20signal%C3%A9e")
    assert "+" not in link
    fields = dict(parse_qsl(urlsplit(link).query))
    assert fields["subject"] == f"Erreur signalée{N}: Site d’essai (cambrai)"
    assert fields["body"] == (
        f"Sur quoi{N}: Site d’essai (cambrai)\r\nPage{N}: {REPORT.address}\r\nVersion des données{N}: abc-1\r\n\r\n"
        f"Ce qui est faux, ce qu’il faudrait lire, et la source qui le dit (adresse, date){N}:\r\n"
    )


def test_a_forge_gets_a_title_and_keeps_its_own_parameters() -> None:
    link = report_link(Report("claim", "2025-02-x", "Site", "https://h/p", "v"), "en", f"{FORGE}?labels=data")
    assert link is not None
    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "forge.example", "/issues/new")
    fields = parse_qs(parts.query)
    assert list(fields) == ["labels", "title", "body"]
    assert fields["title"] == ["Error reported: Site, claim 2025-02-x"]
    assert "Page: https://h/p\nData version: v\n" in fields["body"][0]


@pytest.mark.parametrize("to", [MAILBOX, FORGE])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_hostile_name_adds_no_field_and_no_line(to: str, lang: str) -> None:
    link = report_link(Report("table", HOSTILE, HOSTILE, HOSTILE, HOSTILE), lang, to)
    assert link is not None and not set(link) & set("\r\n<>\"' ")
    fields = parse_qs(urlsplit(link).query)
    assert len(fields) == 2 and link.count("&") == 1
    subject = next(iter(fields.values()))[0]
    assert "\n" not in subject and "\r" not in subject and "Bcc: c@d.example" in subject
    assert len(unquote(link.split("body=")[1]).split("\n")) == 6


@pytest.mark.parametrize(
    "to", ["", " ", "javascript:alert(1)", "ftp://h/x", "mailto:", "someone@example.org", "https:"]
)
def test_anything_else_gives_no_link(monkeypatch: pytest.MonkeyPatch, to: str) -> None:
    assert report_link(REPORT, "fr", to) is None
    monkeypatch.setenv(reports.VARIABLE, to)
    assert report_html(REPORT, "fr") == ""


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(reports.VARIABLE, raising=False)
    assert report_to() == "mailto:signalements@infra-ia-france.example"
    monkeypatch.setenv(reports.VARIABLE, FORGE)
    assert report_to() == FORGE
    html = report_html(REPORT, "en")
    assert html.startswith(f'<a href="{FORGE}?title=') and 'target="_blank" rel="noopener noreferrer"' in html


@pytest.mark.parametrize(("lang", "label"), [("fr", "Signaler une erreur"), ("en", "Report an error")])
def test_a_dossier_and_each_of_its_claims_lead_to_a_report(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, lang: str, label: str
) -> None:
    monkeypatch.setenv(reports.VARIABLE, MAILBOX)
    words = read(open_page("projects.py", project="sesterce-valence", lang=lang, until="2025-12-31"))
    claims = words.split('<ol class="claims">')[1]
    assert claims.count(f">{label}</a>") == claims.count("<h3>") > 3
    assert words.count(f">{label}</a>") == claims.count("<h3>") + 1
    assert "project%3Dsesterce-valence%26lang%3D" + lang + "%26until%3D2025-12-31" in words


def test_without_a_mailbox_a_dossier_shows_no_link(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(reports.VARIABLE, "")
    assert "Signaler" not in read(open_page("projects.py", project="sesterce-valence"))
