"""Questions at a terminal, by prompt_toolkit: completion while one types, the help below, Ctrl-C to give up.

Rule: the only module that knows prompt_toolkit; it asks and returns text, and decides nothing.
"""

import textwrap
from collections.abc import Iterable, Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.shortcuts import CompleteStyle

from etl.add_offers import SEPARATOR, Offer, matching

WIDEST_HELP = 100
MENU_LINES = 6
MOST_SHOWN = 12  # a list of codes is shown before anything is typed


class OfferCompleter(Completer):
    """Completes an answer, or the last of several names, by anything that an offer is called."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        self._offers = offers

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Yield the offers that match what stands before the cursor."""
        typed = document.text_before_cursor.rpartition(SEPARATOR)[2].lstrip()
        for offer in matching(self._offers, typed):
            if offer.text != typed:
                yield Completion(offer.text, -len(typed), display=offer.name or offer.text, display_meta=offer.hint)


class Prompter:
    """The terminal of the person who answers."""

    def __init__(self) -> None:
        self._session: PromptSession[str] = PromptSession(
            complete_in_thread=True,
            complete_style=CompleteStyle.COLUMN,
            complete_while_typing=True,
            reserve_space_for_menu=MENU_LINES,
        )

    def ask(self, question: str, *, written: str = "", offers: Sequence[Offer] = (), help: str = "") -> str:
        """Ask, with `written` already in the answer; raises KeyboardInterrupt (Ctrl-C) or EOFError (Ctrl-D)."""
        answer: str = self._session.prompt(
            question,
            default=written,
            completer=OfferCompleter(offers),
            pre_run=_open_menu if 0 < len(offers) <= MOST_SHOWN and not written else None,
            bottom_toolbar=lambda: self._wrap(help),
        )
        return answer.strip()

    def say(self, line: str = "") -> None:
        """Print a line."""
        print(line)

    def _wrap(self, help: str) -> str:
        columns = min(WIDEST_HELP, self._session.output.get_size().columns)
        return "\n".join(textwrap.fill(line, max(20, columns - 1)) for line in help.splitlines())


def _open_menu() -> None:
    get_app().current_buffer.start_completion()
