"""The sentences that only the kit says, in both languages (`words.toml`).

Rule: that of the sheets' words; what the site says too is said in the site's words.
"""

import tomllib
from pathlib import Path
from types import MappingProxyType

from pages.shared.texts import LANGUAGES

WORDS = Path(__file__).with_suffix(".toml")


def _read() -> MappingProxyType[str, dict[str, str]]:
    declared = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    entries = {f"{group}.{name}": said for group, names in declared.items() for name, said in names.items()}
    if wrong := [key for key, said in entries.items() if set(said) != set(LANGUAGES)]:
        raise ValueError(f"{WORDS.name}: {', '.join(wrong)} must have exactly {' and '.join(LANGUAGES)}")
    return MappingProxyType(entries)


SENTENCES = _read()


def tell(key: str, lang: str, **values: object) -> str:
    """Return the sentence of `key` ("group.name") in `lang`, filled with `values`. Raises KeyError on another key."""
    return SENTENCES[key][lang].format(**values)
