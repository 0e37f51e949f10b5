"""The log: one line of JSON for each thing that happened, on the standard error.

Rule: what a line tells is decided where it is written; nothing of a visitor is written anywhere (no address, no query
string, no name of a browser). What libraries write goes the same way, in the same form.
"""

import logging
import sys
from datetime import UTC, datetime

import orjson

from operations.settings import Settings

NAME = "infra_ia_france"
REFUSED_IN_ORDER = "ASGI callable returned without completing handshake."
# What writes by itself, in forms of its own, until it is told not to; below a warning, uvicorn writes addresses.
OF_LIBRARIES = ("uvicorn", "streamlit", "websockets")


class JsonLine(logging.Formatter):
    """A record as a line of JSON: when, how grave, what, then what `extra={"told": …}` tells."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "event": record.getMessage(), **told(record)}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode("utf-8")


class PlainLine(logging.Formatter):
    """A record as a person reads it in a terminal: what, then what is told of it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and beneath it where an error came from."""
        return " ".join([super().format(record), *(f"{name}={value}" for name, value in told(record).items())])


def told(record: logging.LogRecord) -> dict[str, object]:
    """Return what a record tells beside its message."""
    more: dict[str, object] = record.__dict__.get("told", {})
    return more


def set_up(settings: Settings) -> None:
    """Write the log from now on: as text where a person looks at it in a terminal, else as JSON."""
    is_plain = settings.log_format == "text" or (not settings.log_format and sys.stderr.isatty())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainLine() if is_plain else JsonLine())
    logging.root.handlers[:] = [handler]
    logging.getLogger(NAME).setLevel(settings.log_level)
    for name in [name for name in logging.root.manager.loggerDict if name.split(".")[0] in OF_LIBRARIES]:
        theirs = logging.getLogger(name)
        theirs.handlers[:], theirs.propagate = [], True
        theirs.setLevel(logging.WARNING)
    # uvicorn 0.54 says so of every live page that is refused in order, before it is opened (`operations.crowd`).
    logging.getLogger("uvicorn.error").addFilter(lambda record: record.msg != REFUSED_IN_ORDER)
    # Nothing of ours tells them, and each costs a little at every line.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
