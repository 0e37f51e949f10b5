"""What whoever runs the site may set, by variables of the environment: `docs/operations.md` lists them.

Rule: each has a default that suits one small machine; a value that cannot be understood stops the start, by its name.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

PREFIX = "INFRA_IA_"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
FORMATS = ("json", "text")
RATE = re.compile(r"[1-9][0-9]{0,8}/(second|minute|hour)")
NO_RATE = "none"


@dataclass(frozen=True)
class Settings:
    """What may be set. `rate` is what one address may ask of files and plain pages, "" without limit; `sessions` is how
    many live pages may be open at once; `drain_s` is how long a stop is told before it begins, `log_format` is "" where
    it follows from where the log goes.
    """

    rate: str
    sessions: int
    drain_s: int
    log_level: str
    log_format: str
    log_requests: bool


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of this environment. Raises ValueError, which names the variable and what it may be."""
    rate = environment.get(f"{PREFIX}RATE", "1200/minute")
    if rate != NO_RATE and not RATE.fullmatch(rate):
        raise ValueError(f"{PREFIX}RATE={rate}: write 1200/minute, or {NO_RATE}")
    return Settings(
        rate="" if rate == NO_RATE else rate,
        sessions=_whole(environment, "SESSIONS", 500),
        drain_s=_whole(environment, "DRAIN_S", 0),
        log_level=_one_of(environment, "LOG_LEVEL", LEVELS, "INFO"),
        log_format=_one_of(environment, "LOG_FORMAT", FORMATS, ""),
        log_requests=_one_of(environment, "LOG_REQUESTS", ("yes", "no"), "yes") == "yes",
    )


def _whole(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(PREFIX + name, str(default))
    if not (value.isascii() and value.isdecimal() and len(value) < 7):
        raise ValueError(f"{PREFIX}{name}={value}: write a whole number")
    return int(value)


def _one_of(environment: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    value = environment.get(PREFIX + name, default)
    if value not in (*allowed, default):
        raise ValueError(f"{PREFIX}{name}={value}: write {' or '.join(allowed)}")
    return value
