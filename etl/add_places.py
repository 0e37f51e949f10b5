"""A place by its name: a commune, a département or a region, with the codes of what holds it.

Rule: one answer gives the three codes, so that they agree; a name that two places bear is asked for again, unless one
of them holds the other (Paris, La Réunion).
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from etl.add_offers import Offer, meant
from etl.closest import SIMILARITY, plain
from etl.reference import Place, Reference, load_reference

REGION, DEPARTEMENT, COMMUNE = PLACES = ("region_code", "departement_code", "commune_code")
# Paris, Lyon and Marseille: the codes of their arrondissements, which are no communes.
ARRONDISSEMENTS = {"75056": r"751[0-2][0-9]", "69123": r"6938[1-9]", "13055": r"132[01][0-9]"}
# « Paris 13e », « Marseille, 8e arrondissement ».
ARRONDISSEMENT = re.compile(r"(paris|lyon|marseille) ?[0-9]{1,2} ?(?:er|e|eme|st|nd|rd|th)?(?: arrondissement)?")
SAINTS = ((re.compile(r"\bst\b"), "saint"), (re.compile(r"\bste\b"), "sainte"))
KINDS = {"fr": ("région", "département"), "en": ("region", "département")}


@lru_cache(maxsize=2)
def load_places(lang: str) -> "Places":
    """Return the places of the reference tables, to be named in `lang` (cached)."""
    return Places(load_reference(), lang)


class Places:
    """The places of the reference tables, by name and by code."""

    def __init__(self, reference: Reference, lang: str) -> None:
        self._reference, self._kinds = reference, KINDS[lang]

    @cached_property
    def offers(self) -> Sequence[Offer]:
        """All places, communes by population first, each written so that it is unlike any other: « Cambrai (59) »."""
        communes = sorted(self._reference.communes.values(), key=lambda place: -place.population)
        return [*(self._offer(place) for place in communes), *self._wide]

    @cached_property
    def _wide(self) -> Sequence[Offer]:
        region, departement = self._kinds
        wide = [Offer(f"{place.name} ({departement})", hint=place.code) for place in self._departements.values()]
        return wide + [Offer(f"{place.name} ({region})", hint=place.code) for place in self._regions.values()]

    @property
    def _regions(self) -> Mapping[str, Place]:
        return self._reference.regions

    @property
    def _departements(self) -> Mapping[str, Place]:
        return self._reference.departements

    def _offer(self, commune: Place) -> Offer:
        hint, outer = self._outer[commune.inside]
        name = plain(commune.name)
        called = (name, f"{name} {commune.inside.casefold()}", f"{name} {outer}", commune.code.casefold())
        return Offer(_written(commune), hint=hint, compared=called)

    @cached_property
    def _outer(self) -> Mapping[str, tuple[str, str]]:
        """By département: what is said beside a commune of it, and its name as `plain` writes it."""
        return {
            code: (f"{place.name}, {self._regions[place.inside].name}", plain(place.name))
            for code, place in self._departements.items()
        }

    def codes(self, typed: str) -> dict[str, str] | list[str]:
        """Return the three codes meant by a code or a name, or the places that it may be; nothing typed, no code.

        The places are none where nothing is called so.
        """
        if not typed:
            return dict.fromkeys(PLACES, "")
        found = self._found(typed.strip())
        innermost = [codes for codes in found if all(_holds(other, codes) for other in found)]
        return innermost[0] if innermost else [self.name(codes) for codes in found]

    def closest(self, typed: str) -> str:
        """Return how the place is written whose name is the most like `typed`, or ""."""
        wanted = self._plain(typed)
        names = {plain(place.name): self._codes(commune=code) for code, place in self._reference.communes.items()}
        names |= {plain(place.name): self._codes(departement=code) for code, place in self._departements.items()}
        names |= {plain(place.name): self._codes(region=code) for code, place in self._regions.items()}
        likely = [name for name in names if name[:1] == wanted[:1] and abs(len(name) - len(wanted)) < 4]
        near = difflib.get_close_matches(wanted, likely, n=1, cutoff=SIMILARITY)
        return self.name(names[near[0]]) if near else ""

    def name(self, codes: Mapping[str, str]) -> str:
        """Return how the place of the three codes is written in an answer, "" where there is none."""
        if codes.get(COMMUNE):
            return _written(self._reference.communes[codes[COMMUNE]])
        for column, places, kind in zip(
            PLACES[1::-1], (self._departements, self._regions), self._kinds[::-1], strict=True
        ):
            if codes.get(column):
                return f"{places[codes[column]].name} ({kind})"
        return ""

    def _found(self, typed: str) -> list[dict[str, str]]:
        wanted = self._plain(typed)
        for city, pattern in ARRONDISSEMENTS.items():
            if re.fullmatch(pattern, typed):
                return [self._codes(commune=city)]
        if (match := ARRONDISSEMENT.fullmatch(wanted)) and typed not in self._reference.communes:
            wanted = match[1]
        found = [self._codes(commune=code) for code, place in self._reference.communes.items() if typed == code]
        found += [self._codes(departement=code) for code in self._departements if typed == code]
        found += [self._codes(region=code) for code in self._regions if typed == code]
        return found or self._named(wanted)

    def _named(self, wanted: str) -> list[dict[str, str]]:
        region, departement = (plain(kind) for kind in self._kinds)
        found = [self._codes(region=code) for code, place in self._regions.items() if _is(place, wanted, region)]
        found += [
            self._codes(departement=code)
            for code, place in self._departements.items()
            if _is(place, wanted, departement)
        ]
        communes = meant(self.offers, wanted)
        by_name = self._communes_by_text
        return found + [self._codes(commune=by_name[offer.text]) for offer in communes if offer.text in by_name]

    @cached_property
    def _communes_by_text(self) -> Mapping[str, str]:
        return {_written(place): code for code, place in self._reference.communes.items()}

    def _plain(self, typed: str) -> str:
        wanted = plain(typed)
        for short, whole in SAINTS:
            wanted = short.sub(whole, wanted)
        return wanted

    def _codes(self, *, commune: str = "", departement: str = "", region: str = "") -> dict[str, str]:
        departement = departement or (self._reference.communes[commune].inside if commune else "")
        region = region or (self._departements[departement].inside if departement else "")
        return {REGION: region, DEPARTEMENT: departement, COMMUNE: commune}


def _written(commune: Place) -> str:
    return f"{commune.name} ({commune.inside})"


def _is(place: Place, wanted: str, kind: str) -> bool:
    name = plain(place.name)
    return wanted in (name, f"{name} {kind}", f"{kind} {name}")


def _holds(outer: Mapping[str, str], inner: Mapping[str, str]) -> bool:
    """Whether each code that `outer` states is that of `inner`."""
    return all(not code or code == inner[column] for column, code in outer.items())
