"""Turn the bytes of a file into text, without touching line ends: offsets count what is there."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import Literal

Encoding = Literal["UTF-8", "UTF-16", "Windows-1252", "damaged UTF-8"]

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Control characters that no Windows-1252 text has: more than NUL, as the encoding itself
# rejects only five byte values and a compressed file may hold none of them.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f]")


def decode(content: bytes) -> tuple[str, Encoding]:
    """Return the text in `content`, its byte order mark removed, and the encoding found.

    UTF-8 is tried first; UTF-16 needs its mark. What is neither is Windows-1252, or UTF-8
    with a few broken bytes (then U+FFFD stands for each) when most of it reads as UTF-8.

    Raises
    ------
    ValueError
        If it is no text; the message says why, in a few words.
    """
    if content.startswith(_UTF16_MARKS):
        try:
            return _without_nul(content.decode("utf-16")), "UTF-16"
        except UnicodeDecodeError:
            raise ValueError("damaged UTF-16") from None
    try:
        return _without_nul(content.decode("utf-8-sig")), "UTF-8"
    except UnicodeDecodeError:
        return _decode_other(content)


def decode_lines(stream: io.BufferedReader) -> Iterator[tuple[str, Encoding] | ValueError]:
    """Return the lines of `stream` one by one, ends kept; a ValueError for one that is no text."""
    if stream.peek(2)[:2] in _UTF16_MARKS:
        yield from _decode_utf16_lines(stream.read())
        return
    for line in stream:
        try:
            yield decode(line)
        except ValueError as error:
            yield error


def _decode_utf16_lines(content: bytes) -> Iterator[tuple[str, Encoding] | ValueError]:
    try:
        text, encoding = decode(content)
    except ValueError as error:
        yield error
        return
    for line in io.StringIO(text, newline="\n"):
        yield line, encoding


def _without_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("binary file")
    return text


def _decode_other(content: bytes) -> tuple[str, Encoding]:
    patched = _without_nul(content.decode("utf-8-sig", errors="replace"))
    broken = patched.count("\ufffd")
    if sum(letter > "\x7f" for letter in patched) - broken > broken:
        return patched, "damaged UTF-8"
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise ValueError("binary file") from None
    if _CONTROLS.search(text):
        raise ValueError("binary file")
    return text, "Windows-1252"
