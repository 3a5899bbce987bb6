"""Classes of words: where phrases of the stance lexicon stand in a text."""

import re
from functools import cache

from stancekit.lexicons import load_lexicon

_WORD = re.compile(r"[\w'-]+")


@cache
def _class_table() -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
    """Return phrase -> classes, and first word -> words in the longest phrase that it opens."""
    table: dict[str, tuple[str, ...]] = {}
    longest: dict[str, int] = {}
    for phrase, group, polarity, *_ in load_lexicon("classes"):
        words = _WORD.findall(phrase)
        key = " ".join(words)
        table[key] = table.get(key, ()) + ((group,) if polarity == "member" else ())
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return table, longest


def find_classes(article: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return (start, end, class) of each phrase in `article[start:end]`, the longest match first.

    A near miss ("condemned to death") is matched too and belongs to no class.
    """
    table, longest = _class_table()
    text = article[start:end].replace("’", "'")
    words = [(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text)]
    found = []
    position = 0
    while position < len(words):
        first = words[position][0]
        for size in range(min(longest.get(first, 0), len(words) - position), 0, -1):
            phrase = " ".join(word for word, _, _ in words[position : position + size])
            if phrase in table:
                span = (start + words[position][1], start + words[position + size - 1][2])
                found += [(*span, group) for group in table[phrase]]
                position += size - 1
                break
        position += 1
    return found
