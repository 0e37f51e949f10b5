"""`add`: what it asks, how it reads an answer, how one goes back or gives up, what it shows, and how it writes."""

import csv
import fcntl
import io
import json
import os
import pty
import re
import resource
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from etl.add import add
from etl.add_conversation import Conversation
from etl.add_figures import read_figure
from etl.add_known import Known
from etl.add_offers import Offer
from etl.add_places import load_places
from etl.add_prompt import OfferCompleter, Prompter
from etl.add_question import Question
from etl.add_questions import make_questions
from etl.check import check_file
from etl.reference import load_reference
from etl.schema import ANNOUNCEMENTS, ROOT, SCHEMA, load_schema
from tests.etl.command import run_etl
from tests.etl.sheet import as_text, edited, table, write_table

TODAY = date(2026, 11, 25)
LARGEST_FILE = resource.getrlimit(resource.RLIMIT_FSIZE)
ERASE, STOP, LAST_LETTER = "\x15", "\x03", "\x7f"
TERMINAL = struct.pack("HHHH", 40, 160, 0, 0)
CONTROLS = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[=>]|\x1b\][^\x07]*\x07")
KNOWN = Known(as_text(table()), load_schema(), load_reference(), TODAY, "fr")
# Asked only after some answers.
CONDITIONAL = (
    "project_name", "project_name_en", "new_project_id", "kind", "purpose", "part_of", "power_kind", "jobs_scope",
    "sites_count",
)  # fmt: skip
SOURCE = {
    "source_publisher": "AFP",
    "source_title": "Un titre",
    "source_url": "https://example.org/a",
    "source_kind": ERASE + "agence de presse",  # what the publisher usually is stands there already
}
EXISTING = {
    "project_id": "campus de bethune",
    "announced_on": "1er mars 2026",
    "status": "en chantier",
    "investment_stated": "jusqu’à 4 Md€",
    **SOURCE,
}
NEW_PROJECT = {
    "project_id": "Data center du Port +",
    "project_name": "",
    "project_name_en": "Harbour data centre",
    "new_project_id": "",
    "kind": "Site",
    "purpose": "mixte",
    "part_of": "plan azur",
    "announced_on": "2025-03",
    "power_stated": "plus de 2 GW",
    "power_kind": "raccordement",
    "jobs_stated": "des centaines d’emplois",
    "region_code": "dunkerque",
    **SOURCE,
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small file without a problem."""
    return write_table(tmp_path, table())


def answers(given: dict[str, str], *, upto: str = "") -> list[str]:
    """The answers to each question in turn, blank but for those given; those `upto` a question only."""
    told = []
    for question in make_questions(KNOWN):
        if question.name == upto:
            return told
        if question.name in given or question.name not in CONDITIONAL:
            told.append(given.get(question.name, ""))
    return told


def converse(path: Path, lines: Sequence[str], lang: str = "fr", prompter: type[Prompter] = Prompter) -> int:
    """Answer with the lines, then give up; return the exit status."""
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("".join(f"{line}\r" for line in lines) + STOP)
        return add(path, lang, today=TODAY, prompter=prompter())


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


def added(path: Path) -> dict[str, str]:
    """The cells that are not blank of the row that the small file did not have."""
    known = {row[0] for row in table()}
    ((row),) = [row for name, row in rows(path).items() if name not in known]
    return {name: cell for name, cell in row.items() if cell}


def plain_spaces(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


def test_a_row_of_a_project_of_the_file_is_asked_shown_and_written_in_its_place(
    file: Path, capsys: pytest.CaptureFixture[str]
):
    assert converse(file, [*answers(EXISTING), "peut-être", f"{ERASE}o"]) == 0
    identifier = "2026-03-campus-bethune-4-md-afp"
    assert added(file) == {
        "id": identifier,
        "project_id": "campus-bethune",
        "project_name": "Campus de Béthune",
        "project_name_en": "Béthune campus",
        "kind": "site",
        "purpose": "ai",
        "part_of": "plan",
        "announced_on": "2026-03-01",
        "status": "under_construction",
        "investment_high_meur": "4000",
        "investment_stated": "jusqu’à 4 Md€",
        "source_publisher": "AFP",
        "source_title": "Un titre",
        "source_url": "https://example.org/a",
        "source_kind": "agency",
        "recorded_on": "2026-11-25",
    }
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    assert "".join(lines[:-1]) == as_text(table()) and lines[-1].startswith(identifier)
    assert check_file(file).ok
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    out = plain_spaces(capsys.readouterr().out)
    assert "→ announced_on : 2026-03-01" in out
    assert "→ status : under_construction (En chantier)" in out
    assert f"Elle prend la dernière place du fichier (ligne 7), après 2025-06-phase-1 :\n{lines[-1]}" in out
    assert (
        "France, investissement, en M€ : scénario bas 2 000 (inchangé) ; scénario haut 2 000,5 → 4 000 (+1 999,5)"
        in out
    )
    assert (
        "Hauts-de-France, investissement, en M€ : scénario bas 0 (inchangé) ; scénario haut 0 → 4 000 (+4 000)" in out
    )
    assert (
        "Non localisé, investissement, en M€ : scénario bas 2 000 → 0 (−2 000) ; scénario haut 2 000,5 → 2 000 (−0,5)"
        in out
    )
    assert "Répondez o (écrire), n (abandonner), < (revenir), ou le nom d’une colonne à corriger." in out
    assert out.rstrip().endswith(f"ADD {identifier} : Campus de Béthune, ≤ 4 Md€ (AFP)")


class FullDisk(Prompter):
    """A terminal beside a disk where nothing can be written when one says yes for the first time."""

    asked = 0

    def ask(self, question: str, **options: object) -> str:
        if "o/n" in question:
            self.asked += 1
            bytes_left = 10 if self.asked == 1 else LARGEST_FILE[0]
            resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, LARGEST_FILE[1]))
        return super().ask(question, **options)  # type: ignore[arg-type]


def test_a_new_project_is_named_and_placed_from_its_commune_and_written_once_it_can_be(
    file: Path, capsys: pytest.CaptureFixture[str]
):
    assert converse(file, [*answers(NEW_PROJECT), "oui", "oui"], prompter=FullDisk) == 0
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    row = added(file)
    assert row["project_id"] == "data-center-du-port" and row["project_name"] == "Data center du Port"
    assert (row["region_code"], row["departement_code"], row["commune_code"]) == ("32", "59", "59183")
    assert (row["kind"], row["purpose"], row["part_of"]) == ("site", "mixed", "plan")
    assert row["power_low_mw"] == "2000" and "power_high_mw" not in row and row["power_kind"] == "grid"
    assert row["jobs_stated"] == "des centaines d’emplois" and "jobs_scope" not in row
    assert row["id"] == "2025-03-data-center-du-port-2-gw-afp"
    assert list(rows(file)).index(row["id"]) == 2  # a month comes before its days
    assert check_file(file).ok
    out = plain_spaces(capsys.readouterr().out)
    assert "region_code : 32 (Hauts-de-France), departement_code : 59 (Nord), commune_code : 59183 (Dunkerque)" in out
    assert "entre 2025-02-campus-240-mw et 2025-03-campus-ha" in out
    assert out.count("fermez-le dans le tableur") == 1
    assert "France, projets comptés : scénario bas 3 → 4 (+1) ; scénario haut 3 → 4 (+1)" in out


def test_it_speaks_english_and_shows_what_deserves_a_look(file: Path, capsys: pytest.CaptureFixture[str]):
    given = NEW_PROJECT | {
        "project_id": "First phase of the harbour +",
        "project_name": ERASE + "Première phase",
        "announced_on": "2027-01-05",
        "power_stated": "up to 3 GW",
        "power_kind": "grid connection",
        "source_kind": ERASE + "Other",
        "recorded_on": "2027-01-05",
    }
    assert converse(file, [*answers(given), "n"], "en") == 1
    said = capsys.readouterr()
    assert "One row, question by question." in said.out and "— The source" in said.out
    assert "power_high_mw: 3000" in said.out and "source_kind: other (Other)" in said.out
    assert "announced_on: “2027-01-05” is after today (2026-11-25)" in said.out
    assert "project_id: “Première phase” looks like “Première phase” (line 6)" in said.out
    assert "Projects resting only on “other” sources: 1 (premiere-phase)" in said.out
    assert "France, power, in MW (grid connection): low scenario" in said.out
    assert said.err == "Nothing is written.\n"
    assert file.read_text(encoding="utf-8") == as_text(table())


def test_an_answer_that_is_refused_is_put_again_as_it_was(file: Path, capsys: pytest.CaptureFixture[str]):
    mistakes = [
        "campus de betune",
        f"{ERASE}plan azur",
        "2025-02-31",
        f"{LAST_LETTER}{LAST_LETTER}28",  # what was typed is still there
        "sommet de 1900",
        f"{ERASE}sommet-ia-2025",
        "",
        "",
        "",
        "annoncée",
    ]
    assert converse(file, mistakes) == 1
    said = capsys.readouterr()
    out = plain_spaces(said.out)
    assert "« campus de betune » n’est le nom d’aucun projet ; écrivez campus-bethune si c’est celui-là" in out
    assert "« 2025-02-31 » n’existe pas dans le calendrier ; écrivez 2025-02-28 au plus tard." in out
    assert "« sommet de 1900 » n’est pas un code d’événement" in out
    assert "« annoncée » n’est pas un code permis ; écrivez announced (Annoncé)." in out
    assert plain_spaces(said.err) == "Abandon : rien n’est écrit.\n"


def test_a_figure_without_its_kind_takes_the_code_in_brackets(file: Path, capsys: pytest.CaptureFixture[str]):
    given = EXISTING | {"power_low_mw": "1,4 GW", "power_kind": "", "jobs_low": "beaucoup"}
    assert converse(file, answers(given, upto="jobs_scope")) == 1
    out = plain_spaces(capsys.readouterr().out)
    assert "→ power_low_mw : 1400, power_high_mw : 1400" in out
    assert "→ power_kind : unspecified (Non précisée)" in out
    assert out.count("« beaucoup » n’est pas un nombre entier") == 1


def test_one_goes_back_and_what_was_typed_is_there(capsys: pytest.CaptureFixture[str]):
    begun = [
        "<",  # there is nothing before
        "plan azur",
        "2025-02-31",
        "<",  # behind the day that is refused, and kept
        "",  # the project, still written
        f"{LAST_LETTER}{LAST_LETTER}28",
        "?",
        "sommet de paris",
        f"{ERASE}sommet-ia-2025",
        "<",
        "",
    ]
    ended = answers(SOURCE | {"announcer": "MGX", "sites_count": ""})[3:]
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        conversation = Conversation(KNOWN, Prompter(), "annonces.csv")
        keys.send_text("".join(f"{line}\r" for line in [*begun, *ended]) + STOP)
        try:
            row = conversation.ask_all()
        except KeyboardInterrupt:  # it would stop the tests
            pytest.fail("there are more questions than answers")
    assert (row["project_id"], row["announced_on"], row["event"]) == ("plan", "2025-02-28", "sommet-ia-2025")
    assert row["announcer"] == "MGX"
    out = plain_spaces(capsys.readouterr().out)
    assert out.count("C’est la première question.") == 1
    assert "Code du sommet ou de l’édition de Choose France" in out and "sommet-ia-2025 : " in out


def test_an_answer_changed_later_changes_what_follows_from_it(capsys: pytest.CaptureFixture[str]):
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        conversation = Conversation(KNOWN, Prompter(), "annonces.csv")
        keys.send_text("".join(f"{line}\r" for line in answers(EXISTING)))
        assert conversation.ask_all()["id"] == "2026-03-campus-bethune-4-md-afp"
        conversation.reopen("announced_on")
        keys.send_text(f"{ERASE}2026-04-02\r")
        assert conversation.ask_all()["id"] == "2026-04-campus-bethune-4-md-afp"
        conversation.reopen("investment_high_meur")
        keys.send_text(f"{ERASE}\r")
        row = conversation.ask_all()
    assert row["investment_high_meur"] == "" and row["id"] == "2026-04-campus-bethune-afp"


def test_a_row_that_is_wrong_as_a_whole_goes_back_to_the_column_at_fault(
    file: Path, capsys: pytest.CaptureFixture[str]
):
    # The claim comes before the file's own of that name, which the check then calls the second.
    lines = answers(EXISTING | {"announced_on": "2024-04-01", "id": "2025-06-phase-1"})
    assert converse(file, lines) == 1
    assert "! id : annonces.csv" in plain_spaces(capsys.readouterr().out).replace(str(file.parent) + "/", "")
    assert file.read_text(encoding="utf-8") == as_text(table())


def test_nothing_is_written_where_one_gives_up(file: Path, capsys: pytest.CaptureFixture[str]):
    for upto, kept in (("project_id", False), ("status", True)):
        assert converse(file, answers(EXISTING, upto=upto)) == 1
        said = capsys.readouterr()
        assert plain_spaces(said.err) == "Abandon : rien n’est écrit.\n"
        assert (",campus-bethune,Campus de Béthune,Béthune campus,site,ai,plan,2026-03-01," in said.out) is kept
    assert file.read_text(encoding="utf-8") == as_text(table())
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_file_that_changed_meanwhile_is_left_alone(file: Path, capsys: pytest.CaptureFixture[str]):
    other = as_text(edited(2, note="écrite par une autre personne"))

    class Meanwhile(Prompter):
        def ask(self, question: str, **options: object) -> str:
            if "o/n" in question:
                file.write_text(other, encoding="utf-8")
            return super().ask(question, **options)  # type: ignore[arg-type]

    assert converse(file, [*answers(EXISTING), "o"], prompter=Meanwhile) == 1
    said = capsys.readouterr()
    assert "a été modifié entre-temps" in said.err
    assert said.out.splitlines()[-1].startswith("2026-03-campus-bethune-4-md-afp,campus-bethune,")
    assert file.read_text(encoding="utf-8") == other


def test_nothing_is_asked_of_a_file_with_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = write_table(tmp_path, edited(2, source_kind="agence"))
    assert converse(path, []) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "écrivez agency" in said.err and "corrigez d’abord ce fichier" in said.err


def test_without_a_terminal_it_says_so(file: Path, capsys: pytest.CaptureFixture[str]):
    run = run_etl("add", file)
    assert run.returncode == 1 and run.stdout == ""
    assert "lancez-la dans un terminal" in run.stderr and len(run.stderr.splitlines()) == 1
    assert add(file, "en", today=TODAY) == 1
    assert "run it in a terminal" in capsys.readouterr().err


def test_a_column_that_is_declared_is_asked_for(tmp_path: Path):
    declared = json.loads(SCHEMA.read_text(encoding="utf-8"))
    at = next(n for n, field in enumerate(declared["fields"]) if field["name"] == "target_year")
    water = {"title": "Eau (m³)", "title_en": "Water (m³)", "description": "Eau.", "description_en": "Water."}
    declared["fields"].insert(at, {"name": "water_m3", "type": "number", **water})
    (tmp_path / "schema.json").write_text(json.dumps(declared), encoding="utf-8")
    header = as_text(table()).replace("target_year", "water_m3,target_year", 1)
    known = Known(header, load_schema(tmp_path / "schema.json"), load_reference(), TODAY, "en")
    names = [question.name for question in make_questions(known)]
    assert names[names.index("target_year") - 1] == "water_m3"
    assert {question.title for question in make_questions(known)} >= {"Water (m³)", "Investment (€m)", "Lasting jobs"}


def test_each_column_is_asked_for_once_and_words_before_their_figure():
    questions = make_questions(KNOWN)
    asked = [column for question in questions if question.name != "new_project_id" for column in question.columns]
    of_project = ("project_name", "project_name_en", "kind", "purpose", "part_of")
    assert sorted(asked) == sorted([*KNOWN.schema.names, *of_project])  # an existing project gives them too
    names = [question.name for question in questions]
    for words, figure in (("investment_stated", "investment_low_meur"), ("jobs_stated", "jobs_low")):
        assert names.index(words) + 1 == names.index(figure)


@pytest.mark.parametrize(
    ("typed", "unit", "ends"),
    [
        ("20000", "meur", ("20000", "20000")),
        ("20 Md€", "meur", ("20000", "20000")),
        ("environ 1,5 milliard d’euros", "meur", ("1500", "1500")),
        ("plus de 2 GW", "mw", ("2000", "")),
        ("jusqu'à 4 Md€", "meur", ("", "4000")),
        ("entre 30 et 50 milliards d’euros", "meur", ("30000", "50000")),
        ("500 M€ à 1 Md€", "meur", ("500", "1000")),
        ("30-50", "mw", ("30", "50")),
        ("€20bn", "meur", ("20000", "20000")),
        ("up to 1,200.5 MW", "mw", None),
        ("800 à 1 000 emplois", "jobs", ("800", "1000")),
        ("0", "jobs", ("0", "0")),
        ("20 milliards de dollars", "meur", None),
        ("240 MW fin 2027, 700 fin 2029", "mw", None),
        ("1.500", "meur", None),
        ("des centaines d’emplois", "jobs", None),
        ("", "jobs", None),
    ],
)
def test_a_figure_is_read_as_a_source_writes_it_or_not_at_all(typed: str, unit: str, ends: tuple[str, str] | None):
    assert read_figure(typed, unit) == ends


def test_a_figure_proposed_from_the_words_is_that_of_the_file():
    proposed = 0
    for claim in csv.DictReader(io.StringIO(ANNOUNCEMENTS.read_text(encoding="utf-8"))):
        for stated, low, high, unit in (
            ("investment_stated", "investment_low_meur", "investment_high_meur", "meur"),
            ("power_stated", "power_low_mw", "power_high_mw", "mw"),
            ("jobs_stated", "jobs_low", "jobs_high", "jobs"),
        ):
            ends, held = read_figure(claim[stated], unit), (claim[low], claim[high])
            if ends and any(held):  # the words of another thing have no number in the file
                assert ends == held, claim["id"]
                proposed += 1
    assert proposed > 200


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("cambrai", ("32", "59", "59122")),
        ("Fouju (77)", ("11", "77", "77195")),
        ("Paris 13e arrondissement", ("11", "75", "75056")),
        ("marseille 8ème", ("93", "13", "13055")),
        ("69383", ("84", "69", "69123")),
        ("st-denis (93)", ("11", "93", "93066")),
        ("paris", ("11", "75", "75056")),
        ("nord", ("32", "59", "")),
        ("hauts de france", ("32", "", "")),
        ("", ("", "", "")),
    ],
)
def test_a_place_gives_the_codes_of_what_holds_it(typed: str, codes: tuple[str, str, str]):
    found = load_places("fr").codes(typed)
    assert isinstance(found, dict) and tuple(found.values()) == codes


def test_a_name_that_two_places_bear_is_asked_for_again():
    places = load_places("fr")
    assert places.codes("32") == ["Gers (département)", "Hauts-de-France (région)"]
    assert places.codes("vienne") == ["Vienne (département)", "Vienne (38)"]
    assert places.codes("cambrrai") == [] and places.closest("cambrrai") == "Cambrai (59)"
    assert places.codes("vienne (département)") == {"region_code": "75", "departement_code": "86", "commune_code": ""}


def completed(name: str, typed: str) -> list[str]:
    question: Question = next(one for one in make_questions(KNOWN) if one.name == name)
    completions = OfferCompleter(question.offers).get_completions(Document(typed), CompleteEvent())
    return [typed[: len(typed) + one.start_position] + one.text for one in completions]


@pytest.mark.parametrize(
    ("name", "typed", "offered"),
    [
        ("kind", "", ["programme", "site", "inventory", "target", "event_total", "context"]),
        ("status", "chant", ["under_construction"]),
        ("status", "under construction", ["under_construction"]),
        ("event", "sommet", ["sommet-ia-2025"]),
        ("project_id", "bethu", ["campus-bethune"]),
        ("project_id", "nouveau", ["+"]),
        ("region_code", "fouj", ["Fouju (77)"]),
        ("region_code", "nord dep", ["Nord (département)"]),
        ("source_publisher", "af", ["AFP"]),
        ("note", "un", []),
    ],
)
def test_an_answer_is_completed_by_code_or_name_without_accents_or_case(name: str, typed: str, offered: list[str]):
    assert completed(name, typed)[: len(offered) or None] == offered


def test_the_last_of_several_names_is_completed():
    completer = OfferCompleter([Offer("NVIDIA"), Offer("MGX")])
    ((completion),) = completer.get_completions(Document("MGX;nv"), CompleteEvent())
    assert (completion.text, completion.start_position) == ("NVIDIA", -2)


class Terminal:
    """A pseudo-terminal in which the command runs as a person sees it."""

    def __init__(self, path: Path) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, TERMINAL)
        env = os.environ | {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
        command = [sys.executable, "-m", "etl", "add", str(path)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        self._left = self.seen = ""

    def wait(self, awaited: str, within: float = 30) -> None:
        """Read until the text is on the screen, with plain spaces, and go on behind it."""
        until = time.monotonic() + within
        while awaited not in self._left:
            ready = select.select([self._ours], [], [], max(0, until - time.monotonic()))[0]
            try:
                raw = os.read(self._ours, 65536) if ready else b""
            except OSError:  # Linux: the other side is closed
                raw = b""
            if not raw:
                pytest.fail(f"{awaited!r} is not in {self._left!r}")
            text = plain_spaces(CONTROLS.sub("", raw.decode("utf-8", errors="replace")))
            self._left += text
            self.seen += text
        self._left = self._left.partition(awaited)[2]

    def type(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def close(self) -> int:
        status = self.process.wait(timeout=30)
        os.close(self._ours)
        return status


@pytest.fixture
def terminal(file: Path) -> Iterator[Terminal]:
    """The command at work on the small file."""
    running = Terminal(file)
    yield running
    if running.process.poll() is None:
        running.process.kill()


def test_a_person_at_a_terminal_adds_a_row_that_the_check_accepts(file: Path, terminal: Terminal):
    for awaited, keys in (
        ("Projet * :", "campus"),
        ("Campus de Béthune", "\t\r"),  # the menu is there, Tab takes the first
        ("Date de l’annonce * :", "2026-03-01\r"),
        ("Événement :", "\r"),
        ("Annonceur :", "Data4\r"),
        ("Exploitant :", "\r"),
        ("Investisseurs :", "\r"),
        ("Avancement :", "autorisé\r"),
        ("Investissement, mots de la source :", "entre 30 et 50 millions d’euros\r"),
        ("Investissement (M€) : entre 30", "\r"),
        ("Puissance, mots de la source :", "\r"),
        ("Puissance (MW) :", "\r"),
        ("Emplois, mots de la source :", "\r"),
        ("Emplois durables :", "douze\r"),
        ("« douze » n’est pas un nombre entier", ""),
        ("Emplois durables : douze", f"{ERASE}12\r"),
        ("Périmètre des emplois [unspecified] :", "directs\r"),
        ("Emplois de chantier :", "\r"),
        ("Surface (ha) :", "\r"),
        ("Année visée :", "\r"),
        ("Commune, département ou région :", "bethune"),
        ("Pas-de-Calais, Hauts-de-France", "\r"),
        ("Éditeur de la source * :", "AFP\r"),
        ("Titre de la source * :", "Un titre\r"),
        ("Adresse de la source * :", "https://example.org/b\r"),
        ("Date de la source :", "\r"),
        ("Type de source * : agency", "\r"),
        ("Copie archivée :", "\r"),
        ("Date de saisie [", "\r"),
        ("Note :", "\r"),
        ("Identifiant de la déclaration [2026-03-campus-bethune-30-50-m-afp] :", "\r"),
        ("Écrire cette ligne dans", "o\r"),
        ("ADD 2026-03-campus-bethune-30-50-m-afp : Data4, 30–50 M€ (AFP)", ""),
    ):
        terminal.wait(awaited)
        if keys:
            terminal.type(keys)
    assert terminal.close() == 0
    row = added(file)
    assert (row["project_id"], row["commune_code"], row["departement_code"]) == ("campus-bethune", "62119", "62")
    assert (row["investment_low_meur"], row["investment_high_meur"], row["jobs_scope"]) == ("30", "50", "direct")
    assert check_file(file).ok


def test_control_c_at_a_terminal_writes_nothing_and_says_so(file: Path, terminal: Terminal):
    terminal.wait("Projet * :")
    terminal.type("campus" + STOP)
    terminal.wait("Abandon : rien n’est écrit.")
    assert terminal.close() == 1 and "Traceback" not in terminal.seen
    assert file.read_text(encoding="utf-8") == as_text(table())
