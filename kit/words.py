"""The sentences that only the kit says, in both languages (`words.toml`).

Rule: that of the sheets' words; what the site says too is said in the site's words.
"""

from pathlib import Path

from pages.shared.texts import fill, read_texts

SENTENCES = read_texts(Path(__file__).with_suffix(".toml"))


def tell(key: str, lang: str, **values: object) -> str:
    """Return the sentence of `key` ("group.name") in `lang`, filled with `values`. Raises KeyError on another key."""
    return fill(SENTENCES, key, lang, values)
