"""A sheet as its reader has it: its words, its links, what it would fetch, and what it tells machines."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "br", "path", "circle"}
HIDDEN = {"script", "title", "style"}


@dataclass
class Read(HTMLParser):
    """An HTML page, read; raises AssertionError where a tag is closed that is not open."""

    page: str
    words: str = ""
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    linked: list[Any] = field(default_factory=list)
    french: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, dict[str, str]]] = []
        self.feed(self.page)
        self.close()
        assert self._open == []
        self.words = " ".join(self.words.split(" "))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.tags.append((tag, named))
        if tag not in VOID:
            self._open.append((tag, named))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        inside = [tag for tag, _ in self._open]
        if inside and inside[-1] == "script":
            assert self._open[-1][1] == {"type": "application/ld+json"}
            self.linked.append(json.loads(data))
        if inside and inside[-1] in ("title", "h1"):
            self.titles[inside[-1]] = self.titles.get(inside[-1], "") + data
        if not HIDDEN & set(inside):
            self.words += data
            if any(tag != "html" and attrs.get("lang") == "fr" for tag, attrs in self._open):
                self.french.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of each tag of that name."""
        return [attrs for name, attrs in self.tags if name == tag]

    def links(self) -> list[str]:
        """Where the page leads."""
        return [attrs["href"] for attrs in self.all("a")]

    def meta(self, name: str) -> list[str]:
        """The contents of a meta tag, by its name or property."""
        return [one["content"] for one in self.all("meta") if name in (one.get("name"), one.get("property"))]

    def relations(self, rel: str) -> dict[str, str]:
        """The addresses of `<link rel=…>`, by their language."""
        return {one.get("hreflang", ""): one["href"] for one in self.all("link") if one["rel"] == rel}
