"""What is answered to who asks too much: 429 or 503, when to ask again, and why, in both languages.

Rule: a program reads JSON in the form of the service, a person a page that needs nothing else; nobody keeps either.
"""

import tomllib
from functools import lru_cache
from html import escape
from pathlib import Path

import orjson
from prometheus_client import Counter
from starlette.types import Scope, Send

from answering.pages import HTML, UNKEPT, headers
from answering.work import Busy

WORDS = Path(__file__).with_name("words.toml")
LANGUAGES = ("fr", "en")
SERVICE = "/api"
STATUSES = {"rate": 429, "busy": 503, "sessions": 503}
ERRORS = {"rate": "too_many_requests", "busy": "busy", "sessions": "too_many_sessions"}
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

REFUSED = Counter("infra_ia_refused", "Requests refused because too much is asked, by the reason.", ("reason",))


async def refuse(scope: Scope, send: Send, reason: str, retry_s: int, **more: str) -> None:
    """Answer a request, or one to open a live page, that `reason` ("rate", "busy" or "sessions") refuses."""
    REFUSED.labels(reason).inc()
    is_program = scope["path"].startswith(SERVICE)
    body = in_json(reason, retry_s) if is_program else in_html(reason, retry_s)
    more |= {"access_control_allow_origin": "*"} if is_program else {"content_security_policy": POLICY}
    told = headers(
        "application/json" if is_program else HTML, len(body), UNKEPT, retry_after=str(max(1, retry_s)), **more
    )
    # Before a websocket is one, it is refused as any request (ASGI, « WebSocket Denial Response »).
    before = "websocket." if scope["type"] == "websocket" else ""
    shown = b"" if scope.get("method") == "HEAD" else body
    await send({"type": f"{before}http.response.start", "status": STATUSES[reason], "headers": told})
    await send({"type": f"{before}http.response.body", "body": shown})


def in_json(reason: str, retry_s: int) -> bytes:
    """Return the refusal as the data service writes its own."""
    told = {f"message_{lang}": say(reason, lang, retry_s) for lang in LANGUAGES}
    return orjson.dumps({"error": ERRORS[reason], **told})


def in_html(reason: str, retry_s: int) -> bytes:
    """Return the refusal as a page that a person reads."""
    parts = "".join(
        f'<main lang="{lang}"><h1>Infra IA France</h1><p>{escape(say(reason, lang, retry_s))}</p>'
        f'<p><a href="">{say("again", lang, retry_s)}</a></p></main>'
        for lang in LANGUAGES
    )
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Infra IA France</title>'
        f'<meta name="viewport" content="width=device-width"></head><body>{parts}</body></html>'
    ).encode()


def say(name: str, lang: str, retry_s: int) -> str:
    """Return the words of a name in a language."""
    if name == "busy":
        return Busy.sentences[LANGUAGES.index(lang)]
    return _words()[name][lang].format(seconds=max(1, retry_s))


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))
