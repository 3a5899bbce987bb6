"""Find reporting words: verbs and nouns of speech, and where each stands in the article."""

import re
from functools import cache
from typing import NamedTuple

from stancekit.lexicons import load_lexicon
from stancekit.tries import trie_pattern

# Verbs with many other uses ("held", "found", "read") report speech only where these words follow.
_WEAK_FRAME = re.compile(
    r"(?:[ ](?:on[ ])?[A-Z]\w+day|[ ](?:unanimously|further|later|separately|yesterday|today"
    r"|again|out|simply))?"
    r"[ ]*(?:$|[,.:;!?”\"“‘—–]|that\b|to be\b|in part\b|when\b|as follows\b|in (?:its|his|her"
    r"|their|a|an)\b)"
)
_POSSESSIVES = frozenset("his her its their our my".split())


class Cue(NamedTuple):
    """A hit of the cue lexicon: its span, the lemma and the class of cues it belongs to."""

    start: int
    end: int
    lemma: str
    cue_class: str


@cache
def _cue_table() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    table = {row[0]: (row[1], row[2]) for row in load_lexicon("cues")}
    nouns = [form[3:] for form in table if form.startswith("'s ")]
    verbs = [form for form in table if not form.startswith("'s ")]
    pattern = (
        rf"(?<![\w’'-])(?i:{trie_pattern(verbs)})(?![\w’'-])"
        rf"|(?:['’]s|s['’]|(?<![\w’'-])(?i:his|her|its|their|our|my))[ ]"
        rf"(?:[\w-]+[ ]){{0,2}}?(?:{trie_pattern(nouns)})(?![\w-])"
    )
    return re.compile(pattern), table


def find_cues(article: str, start: int, end: int) -> list[Cue]:
    """Return the reporting words in `article[start:end]`, in order."""
    pattern, table = _cue_table()
    cues = []
    for match in pattern.finditer(article, start, end):
        text = match.group()
        if text[:1] in "'’" or text[:2] in {"s'", "s’"} or text.lower().split()[0] in _POSSESSIVES:
            noun = text.rsplit(" ", 1)[1]
            if (
                noun in {"defence", "defense"}
                and article[match.end() : match.end() + 2].strip().isalpha()
            ):
                continue
            cues.append(Cue(match.end() - len(noun), match.end(), noun.lower(), "noun"))
        elif not _is_name(article, start, match):
            lemma, cue_class = table[" ".join(text.lower().split())]
            if cue_class == "skip":
                continue
            if cue_class == "weak" and not _WEAK_FRAME.match(article, match.end(), end):
                continue
            cues.append(Cue(match.start(), match.end(), lemma, cue_class))
    return cues


def _is_name(article: str, start: int, match: re.Match[str]) -> bool:
    """Return whether a capitalised word belongs to a name ("the United States")."""
    if not match.group()[0].isupper() or match.start() == start:
        return False
    before = article[start : match.start()].rstrip()
    word = before[before.rfind(" ") + 1 :]
    return match.group() == "States" or (word[:1].isupper() and article[start].isupper())
