"""Classes of words: where phrases of the stance lexicon stand in a text."""

import re
from functools import cache

from stancekit.lexicons import load_lexicon
from stancekit.tries import trie_pattern


@cache
def _class_table() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    table: dict[str, tuple[str, ...]] = {}
    for phrase, group, polarity, *_ in load_lexicon("classes"):
        member = (group,) if polarity == "member" else ()
        table[phrase] = table.get(phrase, ()) + member
    return re.compile(rf"(?<![\w'-])(?:{trie_pattern(table)})(?![\w'-])"), table


def find_classes(article: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return (start, end, class) of each phrase in `article[start:end]`, the longest match first.

    A near miss ("condemned to death") is matched too and belongs to no class.
    """
    pattern, table = _class_table()
    text = article[start:end].replace("’", "'").lower()
    if len(text) != end - start:  # a letter whose lower case is longer: keep the offsets true
        text = "".join(c.lower() if len(c.lower()) == 1 else c for c in article[start:end])
    return [
        (start + match.start(), start + match.end(), group)
        for match in pattern.finditer(text)
        for group in table[" ".join(match.group().split())]
    ]
