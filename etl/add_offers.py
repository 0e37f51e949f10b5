"""What an answer may be completed with, and what somebody means by a name typed without accents or case.

Rule: an offer is found by what it is called as well as by what it writes; two readings are never settled by chance.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from etl.closest import plain

MOST_OFFERED = 40
SEPARATOR = ";"


@dataclass(frozen=True)
class Offer:
    """An answer: the text that it writes, the name by which it is known, and what is said beside it.

    `compared` spares comparing the names of a long list: all that it is called, as `plain` writes it.
    """

    text: str
    name: str = ""
    hint: str = ""
    others: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()

    @cached_property
    def called(self) -> tuple[str, ...]:
        """All that it is called, as `plain` writes it: its text, its name, its other names."""
        names = (plain(name) for name in (self.text, self.name, *self.others) if name)
        return self.compared or tuple(dict.fromkeys(names))


def matching(offers: Iterable[Offer], typed: str) -> Iterator[Offer]:
    """Yield at most `MOST_OFFERED` offers that hold each word typed, those that begin with it first.

    Nothing typed gives the first offers, in their order.
    """
    wanted = plain(typed)
    words = wanted.split()
    begin: list[Offer] = []
    hold: list[Offer] = []
    for offer in offers:
        if any(name.startswith(wanted) for name in offer.called):
            begin.append(offer)
        elif len(hold) < MOST_OFFERED and all(any(word in name for name in offer.called) for word in words):
            hold.append(offer)
        if len(begin) == MOST_OFFERED:
            break
    yield from [*begin, *hold][:MOST_OFFERED]


def meant(offers: Sequence[Offer], typed: str) -> list[Offer]:
    """Return the offer that writes `typed`, or else those that are called so."""
    same = [offer for offer in offers if offer.text == typed]
    wanted = plain(typed)
    return same[:1] or [offer for offer in offers if wanted and wanted in offer.called]
