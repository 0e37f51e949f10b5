"""Links from words of a page to their entries in the glossary, with this visit's language and filters.

Rule: words in, safe HTML out; a term is linked once in what is read together. Whoever writes a term in a page writes it
through here, so that a link to an entry that is not there fails.
"""

from html import escape

from pages.shared import filters, run
from pages.shared.glossary import anchors, spoken
from pages.shared.texts import text


def term_address(anchor: str) -> str:
    """Return the address of an entry. Raises KeyError where there is none of that anchor."""
    if anchor not in anchors():
        raise KeyError(f"no term {anchor!r} in the glossary")
    return f"{run.once('glossary', lambda: filters.link('glossary'))}#{anchor}"


def term_link(words: str, anchor: str, lang: str) -> str:
    """Return the HTML link from `words` to an entry of the glossary."""
    address, title = escape(term_address(anchor)), escape(text("glossary.open", lang, words=words))
    return f'<a class="term" href="{address}" target="_self" title="{title}">{escape(words)}</a>'


def with_terms(words: str, lang: str, *, field: str = "", seen: set[str] | None = None) -> str:
    """Return words as HTML, the first mention of each term linked.

    `field` is the field of the schema whose codes are terms there too; `seen` are the terms already linked in what is
    read together, to which these are added.
    """
    seen = set() if seen is None else seen
    pattern, found = spoken(lang, field)
    parts, end = [], 0
    for mention in pattern.finditer(words):
        anchor = found[mention[0].casefold()]
        if anchor not in seen:
            seen.add(anchor)
            parts += [escape(words[end : mention.start()]), term_link(mention[0], anchor, lang)]
            end = mention.end()
    return "".join([*parts, escape(words[end:])])
