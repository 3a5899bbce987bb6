"""Describe one candidate attribution in tokens: source, reporting words, sentence."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from stancekit.classes import find_classes
from stancekit.lexicons import load_words
from stancekit.linking import source_type
from stancekit.records import Attribution, Sentence
from stancekit.spans import is_within
from stancekit.zones import ArticleMentions, word_after, word_before

_WORD = re.compile(r"\w+(?:[-'’]\w+)*|[?!:;]")
FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|I|my)\b")
_EDGE_WORDS = 4  # a choice: how many words of a sentence without reporting words are shown in place
_FOLLOWING = 3  # a choice: how many words after a source or a reporting word are shown in place
_UNNAMED = frozenset({"bare", "quote"})


class SentenceText(NamedTuple):
    """What is read off a sentence once, for all its candidates."""

    words: tuple[tuple[int, str], ...]
    classes: tuple[tuple[int, int, str], ...]
    quoting: str
    first_person: bool


def read_sentence(article: str, sentence: Sentence) -> SentenceText:
    """Return the lower-case words of a sentence, names and quotations masked, and its classes."""
    words: list[tuple[int, str]] = []
    for match in _WORD.finditer(article, sentence.body, sentence.end):
        at = match.start()
        word = match.group()
        if is_within(sentence.quoted, at):
            word = "_quoted_"
        elif word[0].isupper() and at > sentence.body and word != "I":
            word = "_name_"
        else:
            word = word.lower().replace("’", "'")
        if not (words and word.startswith("_") and words[-1][1] == word):
            words.append((at, word))
    return SentenceText(
        tuple(words),
        tuple(find_classes(article, sentence.body, sentence.end)),
        quoting(sentence),
        bool(FIRST_PERSON.search(sentence.text)),
    )


def candidate_words(candidate: Attribution, text: SentenceText) -> list[str]:
    """Return the words of the sentence without the source's."""
    start, end = candidate.source or (0, 0)
    words = [word for at, word in text.words if not start <= at < end]
    if candidate.form in _UNNAMED:
        edges = [f"opens:{w}" for w in words[:_EDGE_WORDS]]
        return [f"bare:{w}" for w in words] + edges
    modals = load_words("modals")
    return [f"modal:{w}" if w in modals else w for w in words]


def candidate_tokens(
    index: ArticleMentions, candidate: Attribution, sentence: Sentence, text: SentenceText
) -> list[str]:
    form = candidate.form
    tokens = [f"form:{form}", f"place:{sentence.kind}", f"{form}|{sentence.kind}"]
    tokens += [f"{form}|{text.quoting}", f"{form}|runs:{sentence.continues_quote}"]
    if candidate.source:
        tokens += _source_tokens(index, candidate, candidate.source, sentence)
        tokens += _following(text, candidate.source[1], f"{form}|src")
    if candidate.cue:
        tokens += _cue_tokens(index.article, candidate, sentence)
        tokens += _following(text, candidate.cue[1], "cue")
    if text.first_person:
        tokens.append(f"{form}|first_person")
    spans = [s for s in (candidate.source, candidate.cue) if s]
    end = max((e for _, e in spans), default=sentence.end)
    for start, _, group in text.classes:
        where = "all" if not spans else "after" if start >= end else "before"
        if candidate.cue and candidate.cue[0] <= start < candidate.cue[1]:
            where = "cue"
        quoted = is_within(sentence.quoted, start)
        tokens.append(f"lex:{form}:{where}:{'quoted' if quoted else group}")
        tokens.append(f"lex:{group}")
    return tokens


def _source_tokens(
    index: ArticleMentions, candidate: Attribution, source: tuple[int, int], sentence: Sentence
) -> list[str]:
    start, end = source
    form = candidate.form
    text = index.article[start:end]
    kind = source_type(text)
    named = index.within(source)
    parts = text.split(" ")
    tokens = [f"src:{kind}", f"{form}|src:{kind}", f"src:first:{parts[0].lower()}"]
    tokens += [f"src:last:{_tail(text)}", f"src:length:{min(len(parts), 8)}"]
    tokens.append(f"src:named:{named[-1].kind}" if named else "src:unnamed")
    tokens.append(f"src:left:{word_before(index.article, start, sentence.body)}")
    tokens += [f"src:word:{p.lower()}" for p in parts if p.islower()]
    if start == sentence.body:
        tokens.append(f"{form}|src:opens")
    if candidate.apposition:
        tokens.append("src:apposition")
    return tokens


def nesting_tokens(article: str, found: Sequence[Attribution], order: int) -> list[str]:
    """Return whether other sources of the sentence report this one, or stand beside it.

    "Seoul said that Tokyo had objected" has one statement, "Seoul objected, and Tokyo said"
    two: what stands between tells them apart.
    """
    here = found[order]
    if here.source is None or here.cue is None:
        return []
    form = here.form
    tokens = []
    before = next((c for c in reversed(found[:order]) if c.cue and c.source), None)
    if before and before.cue and before.source:
        end = max(before.cue[1], before.source[1])
        joint = _bond(article[end : here.source[0]])
        tokens += [f"{form}|bond:{before.form}:{joint}", f"bond:{joint}"]
        tokens.append(f"bond:{before.cue_class.split(' ')[0]}:{joint}")
    after = next((c for c in found[order + 1 :] if c.cue and c.source), None)
    if after and after.cue and after.source:
        start = min(after.cue[0], after.source[0])
        joint = _bond(article[max(here.cue[1], here.source[1]) : start])
        end = max(after.cue[1], after.source[1])
        tail = article[end : end + 2].strip()[:1] or "$"
        closes = "closes" if tail in '.,”";$' else "goes_on"
        tokens += [f"{form}|next:{after.form}:{joint}:{closes}", f"next:{joint}:{closes}"]
        tokens.append(f"next:{after.cue_class.split(' ')[0]}:{joint}:{closes}")
    return tokens


_BOND = re.compile(
    r"(,|;|:|—|–|\.|[”\"])?[ ]*(and|but|while|whereas|as|when|which|who|that|after|because"
    r"|for|with)?[ ]*$"
)


def _bond(between: str) -> str:
    """Return what joins two sources: the last mark and conjunction, and how far apart they are."""
    match = _BOND.search(between)
    mark, word = match.groups() if match else (None, None)
    that = "that" if between.startswith(" that ") else "open"
    distance = "near" if len(between) < 12 else "far"
    return f"{mark or '_'}{word or '_'}:{that}:{distance}"


def _following(text: SentenceText, position: int, name: str) -> list[str]:
    """Return the next words as tokens: each in place, the first two together, helpers apart."""
    helpers = load_words("auxiliaries")
    following: list[str] = []
    tokens = []
    for at, word in text.words:
        if at < position:
            continue
        if not following and (word in helpers or word.endswith("ly")):
            tokens.append(f"{name}:helper:{word}")
            continue
        following.append(word)
        if len(following) == _FOLLOWING:
            break
    tokens += [f"{name}:{place}:{word}" for place, word in enumerate(following)]
    tokens += [f"{name}:stem:{_stem(word)}" for word in following[:1]]
    return [*tokens, f"{name}:pair:{'_'.join(following[:2])}"]


def _stem(word: str) -> str:
    """Return a word without its commonest endings: good enough to join forms of one verb."""
    for ending in ("ing", "ied", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)]
    return word


def _cue_tokens(article: str, candidate: Attribution, sentence: Sentence) -> list[str]:
    start, end = candidate.cue or (0, 0)
    cue = article[start:end].lower()
    main = candidate.cue_class.split(" ")[0]
    after, before = (
        word_after(article, end, sentence.end),
        word_before(article, start, sentence.body),
    )
    ending = next((e for e in ("ing", "ed", "s") if cue.split(" ")[0].endswith(e)), "plain")
    tokens = [f"cue:{cue}", f"class:{main}", f"tense:{main}:{ending}", f"cue:after:{after}"]
    tokens += [f"{main}:after:{after}", f"cue:before:{before}", f"{candidate.form}|class:{main}"]
    tokens += [f"tense:{ending}:before:{before}", f"cue:{cue}:after:{after}"]
    tokens += [f"class:{part}" for part in candidate.cue_class.split(" ")[1:]]
    if candidate.source:
        source = article[slice(*candidate.source)]
        tokens.append(f"tense:{ending}:{'many' if _is_plural(source) else 'one'}")
        tokens.append(f"cue:distance:{min(max(0, start - candidate.source[1]) // 12, 4)}")
    if end >= sentence.end - 1:
        tokens.append("cue:closes")
    return tokens


def _is_plural(source: str) -> bool:
    lower = source.lower()
    first = lower.split(" of ")[0].split(" in ")[0].rsplit(" ", 1)[-1]
    return (
        lower in {"we", "i", "they", "you", "who", "which"}
        or " and " in lower
        or (first.endswith("s") and not first.endswith("ss"))
    )


def _tail(text: str) -> str:
    last = text.rsplit(" ", 1)[-1]
    return "_name_" if last[:1].isupper() else last.lower()


def quoting(sentence: Sentence) -> str:
    quoted = sum(end - start for start, end in sentence.quoted)
    if not quoted:
        return "quoted:none"
    share = quoted / max(1, sentence.end - sentence.body)
    return "quoted:all" if share > 0.9 else "quoted:most" if share > 0.5 else "quoted:part"
