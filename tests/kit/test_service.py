"""How the kit is answered: HEAD, conditions, encodings, a new version, what does not exist or is too long, no data."""

import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kit import data
from kit.addresses import read_path
from kit.files import FILES, PLOTLY
from kit.service import Kit
from tests.answering import finished
from tests.answering.finished import HOST, Serve
from tests.kit.reading import Read

PATHS = (
    "/reprendre",
    "/en/reprendre/carte?metric=jobs&region=32",
    "/reprendre/carte?embed=true&lang=en",
    "/reprendre/classement.csv",
    "/en/reprendre/projet?project=campus-ia-fouju",
    "/reprendre/region?region=32",
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
)


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_its_body(client: TestClient, path: str) -> None:
    get = finished.check_head(client, path)
    framed_by = "" if "embed=true" in path else "; frame-ancestors 'self'"
    assert get.headers["content-security-policy"] == POLICY + framed_by


@pytest.mark.parametrize("path", PATHS)
def test_each_encoding_has_its_tag_and_holds_the_same(client: TestClient, path: str) -> None:
    finished.check_encodings(client, path)


@pytest.mark.parametrize("path", PATHS)
def test_what_the_reader_has_is_not_sent_again(client: TestClient, path: str) -> None:
    finished.check_unchanged(client, path)


def test_an_answer_is_made_once_whatever_the_order_of_its_parameters(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get("/reprendre/carte?region=32&region=11&metric=jobs")
    monkeypatch.setattr("kit.service.render", None)
    assert client.get("/reprendre/carte/?metric=jobs&region=11&region=32&region=11&lang=fr").content == first.content
    # What a parameter means by itself may be left out.
    assert client.get("/reprendre/carte?metric=jobs&region=11&region=32&level=region").content == first.content


def test_a_new_version_is_seen_at_once(serve: Serve, database_path: Path, changed_path: Path, tmp_path: Path) -> None:
    finished.check_new_version(serve, data, "/reprendre/carte", changed_path, database_path, tmp_path)


def test_addresses_are_those_of_the_host_that_was_asked(client: TestClient) -> None:
    other = client.get("/reprendre/carte", headers={"Host": "miroir.example:8080"}).text
    assert "http://miroir.example:8080/reprendre/carte?embed=true" in Read(other).words
    figure = Read(client.get("/reprendre/carte").text).data["figure-carte"]
    assert f"{HOST}/carte?lang=fr" in figure["layout"]["annotations"][-1]["text"]
    forged = client.get("/reprendre/carte", headers={"Host": 'a"><script>'})
    assert "<script>" not in forged.text and Read(forged.text).relations("canonical") == {"": "/reprendre/carte"}


@pytest.mark.parametrize(
    ("path", "lang", "said"),
    [
        ("/reprendre/nulle-part", "fr", "Aucun graphique ne porte le nom «\u202fnulle-part\u202f»"),
        ("/en/reprendre/%3Cb%3E", "en", "No chart is called “<b>”"),
        ("/reprendre/region.csv?region=32", "fr", "Aucun graphique"),
        ("/reprendre/region?region=99", "fr", "Aucune région n’a le code «\u202f99\u202f»"),
        ("/en/reprendre/region", "en", "The region is missing"),
        ("/reprendre/projet?project=%3Cb%3E", "fr", "le code «\u202f<b>\u202f»"),
        ("/reprendre/etapes", "fr", "Il manque le projet"),
        ("/en/reprendre/etapes?project=nowhere", "en", "No project has the code “nowhere”"),
        ("/reprendre/comparaison?region=32", "fr", "Il faut deux régions"),
        ("/reprendre/classement?q=zzzzzzzz", "fr", "ce graphique n’a rien à montrer"),
        ("/en/reprendre/perimetres.csv?q=zzzzzzzz", "en", "this chart has nothing to show"),
        ("/reprendre/fichier/plotly.0000000000000000.js", "fr", "Aucun graphique"),
    ],
)
def test_what_does_not_exist_is_said_in_the_language(client: TestClient, path: str, lang: str, said: str) -> None:
    answer = client.get(path)
    page = Read(answer.text)
    assert answer.status_code == 404 and answer.headers["cache-control"] == "no-store"
    assert page.all("html") == [{"lang": lang}] and said in page.words
    assert page.meta("robots") == ["noindex"] and {"fr": "/reprendre", "en": "/en/reprendre"}[lang] in page.links()


def test_too_many_parameters_are_not_even_read(client: TestClient) -> None:
    client.get("/reprendre/carte")
    begun = time.perf_counter()
    for query in ("&".join(f"p{i}={i}" for i in range(6_000)), "q=" + "a" * 50_000):
        answer = client.get(f"/reprendre/carte?{query}")
        assert answer.status_code == 414 and "trop longue" in answer.text and len(answer.content) < 4_000
    assert time.perf_counter() - begun < 2
    before = len(data.bodies)
    assert client.get("/reprendre/carte?" + "&".join(f"utm_{i}=x" for i in range(500))).status_code == 200
    assert len(data.bodies) - before <= 2


def test_what_is_not_understood_is_told_and_left_aside(client: TestClient) -> None:
    page = Read(client.get("/reprendre/carte?metric=nothing&region=99&%3Cb%3E=%3Ci%3E").text)
    assert "Non compris, et laissé de côté\u202f: region=99, metric=nothing, <b>=<i>." in page.words
    for known in ("embed_options=light_theme", "lang=fr", "embed=false", "place=32", "until=2025-12-31"):
        assert "Non compris" not in client.get(f"/reprendre/carte?{known}").text


def test_the_language_of_a_parameter_is_that_of_the_answer(client: TestClient) -> None:
    assert client.get("/reprendre/carte?lang=en").content == client.get("/en/reprendre/carte").content
    assert client.get("/reprendre/nada?lang=en").headers["content-language"] == "en"


@pytest.mark.parametrize(("path", "said"), [("/reprendre/carte", "Revenez"), ("/en/reprendre", "come back")])
def test_without_a_database_the_answer_is_polite(serve: Serve, tmp_path: Path, path: str, said: str) -> None:
    for answer in finished.answers_without_database(serve, tmp_path, path):
        assert said in Read(answer.text).words


def test_a_question_given_up_is_refused_politely_and_can_be_asked_again(
    monkeypatch: pytest.MonkeyPatch, serve: Serve, database_path: Path
) -> None:
    finished.check_given_up(monkeypatch, serve, data, "/reprendre/carte", database_path)


def test_it_is_read_only(client: TestClient) -> None:
    finished.check_read_only(client, "/reprendre/carte")


def test_what_is_not_a_kit_is_left_to_the_app(client: TestClient) -> None:
    for path in ("/", "/regions", "/reprendres", "/en", "/fiche/region/32", "/_stcore/health"):
        assert read_path(path) is None and client.get(path).text == "the app"


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_kept_under_the_name_of_its_content(client: TestClient, name: str) -> None:
    file = FILES[name]
    answer = finished.check_named_file(client, file.path)
    assert answer.content == file.content and answer.headers["content-type"] == file.media_type


def test_plotly_is_sent_as_a_quarter_of_itself(client: TestClient) -> None:
    with client.stream("GET", PLOTLY.path, headers={"Accept-Encoding": "br"}) as answer:
        sent = sum(len(part) for part in answer.iter_raw())
    assert sent < len(PLOTLY.content) / 3


def test_the_style_and_the_script_ask_nobody_else(client: TestClient) -> None:
    for name, file in FILES.items():
        if name.startswith(("kit", "style")):
            text = file.content.decode()
            assert "//" not in text.replace("http://www.w3.org/2000/svg", "").replace("// ", "")
            assert "eval(" not in text and "new Function" not in text and "innerHTML" not in text


def test_what_is_kept_is_bounded(serve: Serve, database_path: Path) -> None:
    regions = ("11", "32", "53", "75", "76", "84", "93")
    finished.check_bounded(serve(database_path), data, [f"/reprendre/carte?region={code}" for code in regions])


def test_a_websocket_is_left_to_the_app() -> None:
    finished.check_websocket(Kit, "/reprendre")
