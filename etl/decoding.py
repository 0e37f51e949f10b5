"""From bytes to text: what an office suite does to a file before anybody has changed a word of it.

Rule: an encoding is recognised only where nothing else fits, and always said; text that may be two things is not
read in silence.
"""

import re
from collections import Counter
from dataclasses import dataclass

from etl.problems import Problem

BOM = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
ZIP_MARK = b"PK\x03\x04"  # .xlsx and .ods are archives
OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."  # the first part of an .ods, which is not packed
OPEN_DOCUMENT_AT = 30
# What Office wrote before 2007; it also wraps an .xlsx with a password, in a part of this name.
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SEALED = "EncryptedPackage".encode("utf-16-le")
WINDOWS = "cp1252"  # « ANSI » in a French Windows; Latin-1 holds the same letters
OTHERS = ("mac-roman", "cp850")  # « CSV (Macintosh) » and « CSV (MS-DOS) », which Excel still offers
FRENCH = set("àâçèéêëîïôùûüœÀÂÇÈÉÊËÎÏÔÙÛÜŒ’«»“”–—…€")
SPACES = set("\u00a0\u202f")
ASCII = bytes(range(128))
BYTES_SHOWN_AROUND = 12
# Signs that no one types: beyond a few of them, the file is not text.
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
MOST_CONTROLS = 0.02


# Looked for in place: a large file is not copied to be trimmed.
FILLED = re.compile("[^\ufeff \t\r\n\x00]")
MARKUP = re.compile("[\ufeff \t\r\n]*<")


@dataclass(frozen=True)
class Text:
    """The text of a file and what is wrong with its bytes; `text` is None when it cannot be read."""

    text: str | None
    problems: tuple[Problem, ...]


def decode(content: bytes) -> Text:
    """Return the text of `content` with line feeds only, and one problem for each thing a rewriting would repair.

    A file which mixes two encodings is read, each line by its own, for the sake of what else is wrong with it.
    """
    if content.startswith(OLE_MARK):
        return _unread("workbook-sealed" if SEALED in content else "workbook-old")
    if content.startswith(ZIP_MARK):
        return _unread("file-workbook" if is_workbook(content) else "workbook-open")
    text, problems = _decoded(content)
    if text is None:
        return Text(None, tuple(problems))
    if not FILLED.search(text):
        return _unread("file-empty")
    if MARKUP.match(text):
        return _unread("file-markup")
    if _is_binary(text):
        return _unread("file-binary")
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        problems.append(Problem(line, None, "line-ending", is_form=True))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Text(text, tuple(problems))


def decoded_once(text: str) -> str | None:
    """Return what « BÃ©thune » was before UTF-8 was taken for Windows' own (Béthune), None where it was not.

    Signs of French must come out of it, and fewer than they were: no word holds the signs that it is known by.
    """
    if text.isascii():
        return None
    try:
        once = text.encode(WINDOWS).decode("utf-8")
    except UnicodeError:
        return None
    signs = {sign for sign in once if not sign.isascii()}
    return once if len(once) < len(text) and signs <= FRENCH | SPACES else None


def is_workbook(content: bytes) -> bool:
    """Whether the bytes may be those of an .xlsx: an archive, and not one of LibreOffice."""
    return content.startswith(ZIP_MARK) and not content.startswith(OPEN_DOCUMENT, OPEN_DOCUMENT_AT)


def _unread(code: str) -> Text:
    return Text(None, (Problem(None, None, code),))


def _decoded(content: bytes) -> tuple[str | None, list[Problem]]:
    if content.startswith(UTF_16_MARKS) or _looks_like_utf_16(content):
        return _from_utf_16(content)
    problems = []
    if content.startswith(BOM):
        content = content.removeprefix(BOM)
        problems.append(Problem(1, None, "byte-order-mark", is_form=True))
    try:
        return content.decode("utf-8"), problems
    except UnicodeDecodeError as error:
        if _is_binary(content.decode("latin-1")):
            return None, [Problem(None, None, "file-binary")]
        text, code = _from_windows(content)
        return text, [*problems, _encoding_problem(content, error.start, code)]


def _is_binary(text: str) -> bool:
    return len(CONTROLS.findall(text)) > MOST_CONTROLS * len(text)


def _looks_like_utf_16(content: bytes) -> bool:
    """Whether every other byte is nought, as in the UTF-16 of a text that is mostly ASCII."""
    start = content[:200]
    return len(start) >= 8 and (start[1::2].count(0) > len(start) // 3 or start[0::2].count(0) > len(start) // 3)


def _from_utf_16(content: bytes) -> tuple[str | None, list[Problem]]:
    order = "utf-16" if content.startswith(UTF_16_MARKS) else "utf-16-le" if content[1] == 0 else "utf-16-be"
    try:
        text = content.decode(order)
    except UnicodeDecodeError:
        return None, [Problem(None, None, "file-binary")]
    return text, [Problem(None, None, "encoding-utf16", is_form=True)]


def _from_windows(content: bytes) -> tuple[str | None, str]:
    """Return the text as Windows writes it, or line by line when other lines are UTF-8, and the code of the problem."""
    lines = content.split(b"\n")
    foreign = [line for line in lines if not line.isascii()]
    known = sum(_is_utf_8(line) for line in foreign)
    try:
        if known * 2 < len(foreign):
            text = content.decode(WINDOWS)
            return (text, "encoding-windows") if _is_from_windows(content) else (None, "encoding")
        texts = [line.decode("utf-8" if _is_utf_8(line) else WINDOWS) for line in lines]
        return "\n".join(texts), "encoding-mixed"
    except UnicodeDecodeError:  # five bytes mean nothing to Windows: a Mac, or something else
        return None, "encoding"


def _is_from_windows(content: bytes) -> bool:
    """Whether as many signs of French come out of it as by the encodings of a Mac or of DOS."""
    signs = Counter(content.translate(None, ASCII))

    def known(encoding: str) -> int:
        return sum(n for byte, n in signs.items() if bytes([byte]).decode(encoding, "ignore") in FRENCH)

    return all(known(WINDOWS) >= known(other) for other in OTHERS)


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _encoding_problem(content: bytes, at: int, code: str) -> Problem:
    """Show the words around the first byte that is not UTF-8, as Windows would have written them."""
    start = max(content.rfind(b"\n", 0, at) + 1, at - BYTES_SHOWN_AROUND)
    around = content[start : at + BYTES_SHOWN_AROUND].split(b"\n")[0]
    value = around.decode(WINDOWS, errors="replace")
    line = content.count(b"\n", 0, at) + 1
    return Problem(line, None, code, value, None, {"byte": f"0x{content[at]:02X}"}, is_form=code == "encoding-windows")
