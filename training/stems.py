"""Make the table of stems that a model carries, so that inference needs no nltk."""

import re
from collections import Counter
from collections.abc import Iterable

from nltk.stem.snowball import SnowballStemmer

_WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
_ENDINGS = ("s", "es", "ed", "ing", "ly", "ion")
_MIN_COUNT = 3  # a choice: rarer words have no other forms added


def make_stems(texts: Iterable[str]) -> dict[str, str]:
    """Return word -> stem (Porter 2001, "Snowball") for the words of `texts` whose stem differs.

    Other forms of those words, which a reader may meet later, are added as well: a form
    counts when its stem is one that the texts already have.
    """
    stemmer = SnowballStemmer("english")
    counts = Counter(w for text in texts for w in _WORD.findall(text.lower().replace("’", "'")))
    words = set(counts)
    table = {word: stemmer.stem(word) for word in sorted(words)}
    known = set(table.values())
    for word in sorted(w for w in words if counts[w] >= _MIN_COUNT):
        for ending in _ENDINGS:
            for form in (word + ending, word.removesuffix("e") + ending):
                if form not in table and (stem := stemmer.stem(form)) in known and stem != form:
                    table[form] = stem
    return {word: stem for word, stem in table.items() if word != stem}
