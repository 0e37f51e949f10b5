"""Glossaire (`/glossaire`): what each word and unit of the site means, and the rule that it comes from."""

from pages.shared import data, glossary, glossary_view, language, layout
from pages.shared.numbers import count
from pages.shared.texts import text

lang = language.current()


def show_page() -> None:
    """The whole page: it follows from the schema and our words."""
    known = count(len(glossary.terms(lang)), lang)
    layout.page_header(text("glossary.title", lang), text("glossary.sentence", lang, count=known))
    glossary_view.show_glossary(lang)


data.part(show_page)
