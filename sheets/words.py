"""The few sentences that only sheets say, in both languages (`words.toml`).

Rule: what the site says too is said in the site's words (`pages.shared.texts`); a key has both languages.
"""

from pathlib import Path

from pages.shared.texts import fill, read_texts

SENTENCES = read_texts(Path(__file__).with_suffix(".toml"))


def say(key: str, lang: str, **values: object) -> str:
    """Return the sentence of `key` ("group.name") in `lang`, filled with `values`. Raises KeyError on another key."""
    return fill(SENTENCES, key, lang, values)
