"""Turn many words into one regular expression that is tried letter by letter."""

import re
from collections.abc import Iterable


class _Node(dict[str, "_Node"]):
    """Branches by next letter; `ends` says that a word ends here."""

    ends = False


def trie_pattern(words: Iterable[str]) -> str:
    """Return a pattern that matches the longest of `words`, factored as a trie.

    A flat alternation of a few thousand words is a hundred times slower, since it tries
    each word at each position.
    """
    root = _Node()
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, _Node())
        node.ends = True
    return _pattern(root)


def _pattern(node: _Node) -> str:
    branches = [
        ("[ \\t]+" if letter == " " else re.escape(letter)) + _pattern(child)
        for letter, child in sorted(node.items())
    ]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and not node.ends else f"(?:{'|'.join(branches)})"
    return f"{body}?" if node.ends else body
