"""The HTML document is in the visitor's language, before any script runs."""

import asyncio
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from pages.shared.document import STYLE, STYLE_URL, Document, routes
from pages.shared.filters import ADDRESSES


@dataclass
class Answer:
    """What an ASGI application sent back."""

    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def ask(method: str, address: str, accepted: str = "fr") -> Answer:
    """Send one request through the middleware to an application that answers « the app »."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"accept-language", accepted.encode())],
    }
    answer = Answer()

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        answer.text += message.get("body", b"").decode()
        answer.headers |= {name.decode(): value.decode() for name, value in message.get("headers", ())}

    asyncio.run(Document(PlainTextResponse("the app"))(scope, receive, send))
    return answer


@pytest.mark.parametrize("address", ADDRESSES.values())
@pytest.mark.parametrize(
    ("query", "accepted", "lang"), [("", "fr-FR", "fr"), ("?lang=en", "fr", "en"), ("", "en-GB,fr;q=0.5", "en")]
)
def test_every_page_says_its_language(address, query, accepted, lang):
    answer = ask("GET", address + query, accepted)
    assert f'<html lang="{lang}">' in answer.text
    assert "<title>Infra IA France</title>" in answer.text
    assert answer.headers["content-language"] == lang and answer.headers["vary"] == "Accept-Language"


def test_the_style_comes_last_under_the_name_of_its_content():
    body = ask("GET", "/").text.partition("</head>")[2]
    assert body.index(STYLE_URL) > body.index('id="root"')
    answer = TestClient(Starlette(routes=routes())).get(STYLE_URL)
    assert answer.headers["content-type"].startswith("text/css") and "immutable" in answer.headers["cache-control"]
    assert answer.content == STYLE


def test_what_is_not_a_page_is_left_to_the_app():
    assert ask("GET", "/_stcore/health").text == "the app"
    assert ask("POST", "/").text == "the app"
