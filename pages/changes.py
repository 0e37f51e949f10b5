"""Ce qui a changé (`/changements`): what each row added, by the day it was recorded, the newest first."""

from pages.shared import changes_view, data, filters, language, layout
from pages.shared.texts import text

lang = language.current()
page = changes_view.read_page(filters.selection())


def show_changes() -> None:
    """The page of rows that the address asks for."""
    layout.page_header(text("changes.title", lang), changes_view.tell_changes(page.rows, lang))
    changes_view.show_page(page, lang)


if page.rows.empty:
    layout.page_header(text("changes.title", lang), text("layout.empty", lang))
    layout.empty_selection()
else:
    data.part(show_changes)
