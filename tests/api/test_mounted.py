"""The data service stands before Streamlit: it alone sees what is under its path, and says all of its answers."""

import asyncio
from typing import Any

import pytest
from starlette.routing import Mount

from api.mounted import Mounted

Seen = list[tuple[str, str, str]]


@pytest.fixture
def seen() -> Seen:
    return []


@pytest.fixture
def ask(seen: Seen) -> Any:
    """Return a function that asks an app and a service mounted before it, which note what reaches them."""

    def noting(name: str) -> Any:
        async def app(scope: dict[str, Any], _receive: Any, _send: Any) -> None:
            seen.append((name, scope.get("root_path", ""), scope.get("path", "")))

        return app

    mounted = Mounted(noting("site"), mount=Mount("/api", app=noting("service")))

    def send(kind: str, path: str) -> None:
        asyncio.run(mounted({"type": kind, "path": path, "method": "GET"}, None, None))  # type: ignore[arg-type]

    return send


@pytest.mark.parametrize("path", ["/api/", "/api/v1/projects.csv"])
def test_what_is_under_its_path_is_the_services(ask: Any, seen: Seen, path: str) -> None:
    ask("http", path)
    assert seen == [("service", "/api", path)]


@pytest.mark.parametrize(
    ("kind", "path"),
    [("http", "/"), ("http", "/apix"), ("http", "/api"), ("http", "/x/api/"), ("websocket", "/api/"), ("lifespan", "")],
)
def test_all_else_is_the_sites(ask: Any, seen: Seen, kind: str, path: str) -> None:
    ask(kind, path)
    assert seen == [("site", "", path)]
