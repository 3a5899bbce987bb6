"""Read the notation in which labelled articles are written and turn it into records.

A draft is a text file that people can write and read without counting characters:

    # a-0001 | 2019-05-12 | wire | air strike | 2019 Kefran raid | invented
    Oslo rebukes raid on border town
    > Oslo | NOR | - | C

    Norway's government called the raid reckless, and its envoy asked for talks.
    > Norway's government | NOR | - | C
    > its envoy | NOR | - | D

The header gives id, date, register, event, topic and source (an address, or
"invented"). Every further line is one sentence; a blank line ends a paragraph. A
line that begins with ">" labels the sentence above it: speaker as it stands in the
sentence, country, target, stances (C, J, D or combinations; "-" for none).
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stancekit.lexicons import load_lexicon

STANCE_LETTERS = {"C": "condemnation", "J": "justification", "D": "call_for_dialogue"}
_HEADER_FIELDS = ("id", "date", "register", "event", "topic", "source_url")
_CODE = re.compile(r"[A-Z][A-Z0-9-]*(\+[A-Z][A-Z0-9-]*)*")


class DraftError(ValueError):
    """A line of a draft does not follow the notation."""

    def __init__(self, path: Path, line: int, what: str) -> None:
        super().__init__(f"{path}:{line}: {what}")


def known_codes() -> frozenset[str]:
    """Return the codes that labels may use: every code of the lexicon of names."""
    return frozenset(row[0] for row in load_lexicon("names")) | {"IGO"}


@dataclass(slots=True)
class _Draft:
    header: dict[str, str]
    text: str = ""
    sentences: list[dict[str, Any]] = field(default_factory=list)
    separator: str = ""

    def add_sentence(self, text: str) -> None:
        start = len(self.text) + len(self.separator)
        self.text += self.separator + text
        self.sentences.append({"start": start, "end": len(self.text), "statements": []})
        self.separator = " "

    def record(self) -> dict[str, Any]:
        return {**self.header, "text": self.text, "sentences": self.sentences}


def read_article_drafts(path: Path, codes: frozenset[str]) -> list[dict[str, Any]]:
    """Return the article records of a draft file.

    Parameters
    ----------
    path : Path
        A UTF-8 text file in the notation above.
    codes : frozenset of str
        The country and body codes that labels may use.

    Returns
    -------
    list of dict
        Records of data/articles without "split", in the order of the file.

    Raises
    ------
    DraftError
        Naming the file, the line and what is wrong with it.
    """
    drafts: list[_Draft] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        try:
            if line.startswith("# "):
                drafts.append(_Draft(_header(line)))
            elif line.startswith(">"):
                sentence = drafts[-1].sentences[-1]
                text = drafts[-1].text[sentence["start"] : sentence["end"]]
                sentence["statements"].append(parse_label(line, text, codes))
            elif not line:
                if drafts and drafts[-1].text:
                    drafts[-1].separator = "\n\n"
            else:
                drafts[-1].add_sentence(line)
        except IndexError:
            raise DraftError(path, number, "text before the first header") from None
        except ValueError as error:
            raise DraftError(path, number, str(error)) from None
    return [draft.record() for draft in drafts]


def read_statement_drafts(path: Path, codes: frozenset[str]) -> Iterator[dict[str, Any]]:
    """Yield single-statement records: "# batch | register | event" lines, then pairs.

    Each pair is a sentence and one label line, as in an article.
    """
    register = event = text = ""
    count = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        try:
            if line.startswith("# "):
                _, register, event = _parts(line[1:], 3)
            elif line.startswith(">"):
                label = parse_label(line, text, codes)
                count += 1
                identity = f"{path.stem}-{count:04d}"
                yield {"id": identity, "text": text, **label, "topic": event, "register": register}
            elif line:
                text = line
        except ValueError as error:
            raise DraftError(path, number, str(error)) from None


def parse_label(line: str, sentence: str, codes: frozenset[str]) -> dict[str, Any]:
    """Return the label of a "> speaker | country | target | stances" line."""
    speaker, country, target, letters = _parts(line[1:], 4)
    if speaker != "-" and speaker not in sentence:
        raise ValueError(f"speaker {speaker!r} does not stand in the sentence")
    unknown = set(letters) - set(STANCE_LETTERS) - {"-"}
    if unknown or not letters:
        raise ValueError(f"stances {letters!r}: use C, J, D, combinations, or -")
    return {
        "speaker": None if speaker == "-" else speaker,
        "country": _code(country, codes),
        "target": _code(target, codes),
        "stance": [STANCE_LETTERS[letter] for letter in "CJD" if letter in letters],
    }


def _code(text: str, codes: frozenset[str]) -> str | None:
    if text == "-":
        return None
    parts = text.split("+")
    if not _CODE.fullmatch(text) or any(part not in codes for part in parts):
        raise ValueError(f"{text!r} is no code of the codebook")
    return "+".join(sorted(parts))


def _header(line: str) -> dict[str, str]:
    header = dict(zip(_HEADER_FIELDS, _parts(line[1:], len(_HEADER_FIELDS)), strict=True))
    if header["date"]:
        dt.date.fromisoformat(header["date"])
    return header


def _parts(line: str, count: int) -> list[str]:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != count:
        raise ValueError(f"{len(parts)} fields between |, expected {count}: {line.strip()!r}")
    return parts
