"""Find sentences that repeat others: near-duplicates, templates, runs of a source's words."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from training.corpus import Document

SHORTEST = 8
"""Words of a sentence from which it is compared; shorter ones ("He did not say why.") recur."""
SHINGLE = 3
COMMONEST = 30
"""Shingles in more sentences than this are names and set phrases, and point at no pair."""
SIMILAR, SIMILAR_ACROSS_SPLITS = 0.5, 0.4
"""Jaccard similarity of shingles from which a pair counts; both are choices, as are these:"""
DISTINCT_IN_BATCH, DISTINCT_OPENINGS, OPENING_SHARE = 0.90, 0.95, 0.001
OPENING = 4
OWN_WORDS_RUN = 8
"""A run of this many words from a page or article that we read counts as copied."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Shingle = tuple[str, ...]


class Line(NamedTuple):
    """A sentence of the corpus, as words."""

    place: str
    document: str
    batch: str
    split: str
    words: tuple[str, ...]


def corpus_lines(documents: Iterable[Document]) -> list[Line]:
    """Return the sentences of all documents as lower-case words."""
    return [
        Line(
            f"{document.id} sentence {number}",
            document.id,
            document.id.rsplit("-", 1)[0],
            document.split,
            split_words(document.text[sentence.start : sentence.end]),
        )
        for document in documents
        for number, sentence in enumerate(document.sentences, 1)
    ]


def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, without punctuation."""
    return tuple(_WORD.findall(text.lower()))


def find_duplicates(lines: Sequence[Line]) -> list[str]:
    """Return one message for each pair of near-duplicate sentences of different documents.

    Within a document repetition is natural: pages repeat headlines, captions and credits.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents.
    """
    long = [line for line in lines if len(line.words) >= SHORTEST]
    shingles = [frozenset(_runs(line.words, SHINGLE)) for line in long]
    found = []
    for (a, b), shared in sorted(_shared(shingles).items()):
        one, two = long[a], long[b]
        if one.document == two.document:
            continue
        similarity = shared / len(shingles[a] | shingles[b])
        is_across = one.split != two.split
        if similarity >= (SIMILAR_ACROSS_SPLITS if is_across else SIMILAR):
            across = f", across {one.split} and {two.split}" if is_across else ""
            found.append(f"{one.place}: near-duplicate of {two.place} ({similarity:.2f}{across})")
    return found


def find_templates(lines: Sequence[Line]) -> list[str]:
    """Return one message for each sign that sentences were made from a pattern."""
    found = []
    for batch, share in distinct_shares(lines).items():
        if share < DISTINCT_IN_BATCH:
            found.append(
                f"batch {batch}: {share:.2f} of its runs of {SHINGLE} words are distinct, "
                f"expected {DISTINCT_IN_BATCH} or more"
            )
    openings = repeated_openings(lines)
    total = sum(openings.values())
    if openings and len(openings) / total < DISTINCT_OPENINGS:
        found.append(
            f"openings: {len(openings) / total:.2f} of the sentences open with {OPENING} words "
            f"of their own, expected {DISTINCT_OPENINGS} or more"
        )
    most = max(SHORTEST, round(OPENING_SHARE * total))
    for opening, count in openings.most_common():
        if count <= most:
            break
        found.append(
            f"opening {' '.join(opening)!r}: in {count} documents, expected {most} at most"
        )
    return found


def distinct_shares(lines: Iterable[Line]) -> dict[str, float]:
    """Return, a batch, how many of its runs of three words are distinct, from 0 to 1."""
    runs: dict[str, list[Shingle]] = defaultdict(list)
    for line in lines:
        runs[line.batch] += _runs(line.words, SHINGLE)
    return {batch: len(set(found)) / len(found) for batch, found in runs.items() if found}


def repeated_openings(lines: Iterable[Line]) -> Counter[Shingle]:
    """Return in how many documents each opening of four words stands, in longer sentences."""
    pairs = {(line.words[:OPENING], line.document) for line in lines if len(line.words) >= SHORTEST}
    return Counter(opening for opening, _ in sorted(pairs))


def find_copied(lines: Iterable[Line], sources: Mapping[str, str]) -> list[str]:
    """Return one message for each sentence that shares a long run of words with a source.

    Parameters
    ----------
    lines : iterable of Line
        The sentences of the corpus.
    sources : mapping of str to str
        Texts that must not be copied, by name.
    """
    runs = {
        run: name
        for name, text in sources.items()
        for run in _runs(split_words(text), OWN_WORDS_RUN)
    }
    found = []
    for line in lines:
        copied = next((run for run in _runs(line.words, OWN_WORDS_RUN) if run in runs), None)
        if copied is not None:
            found.append(f"{line.place}: shares {' '.join(copied)!r} with {runs[copied]}")
    return found


def read_sources(folder: Path) -> dict[str, str]:
    """Return the texts of a folder's .txt files, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}


def _shared(shingles: Sequence[frozenset[Shingle]]) -> Counter[tuple[int, int]]:
    """Count the shingles that pairs of sentences share."""
    places: dict[Shingle, list[int]] = defaultdict(list)
    for number, own in enumerate(shingles):
        for shingle in own:
            places[shingle].append(number)
    pairs: Counter[tuple[int, int]] = Counter()
    for numbers in places.values():
        if len(numbers) <= COMMONEST:
            pairs.update(combinations(numbers, 2))
    return pairs


def _runs(words: Sequence[str], length: int) -> Iterator[Shingle]:
    return zip(*(words[start:] for start in range(length)), strict=False)
