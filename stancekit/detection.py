"""Describe each candidate attribution, so that a classifier can tell speech from narration.

The first description sees the words, the source and the reporting words. The second
adds what a first pass made of the other candidates in and around the sentence.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from stancekit.classes import find_classes
from stancekit.lexicons import load_words
from stancekit.linking import source_type
from stancekit.records import Attribution, Sentence
from stancekit.zones import ArticleMentions, word_after, word_before

_WORD = re.compile(r"\w+(?:[-'’]\w+)*|[?!:;]")
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|I|my)\b")
_EDGE_WORDS = 4  # a choice: how many words of a sentence without reporting words are shown in place
_FOLLOWING = 3  # a choice: how many words after a source or a reporting word are shown in place
_UNNAMED = frozenset({"bare", "quote"})


class _Text(NamedTuple):
    """What is read off a sentence once, for all its candidates."""

    words: tuple[tuple[int, str], ...]
    classes: tuple[tuple[int, int, str], ...]
    quoting: str
    first_person: bool


def describe_attributions(
    index: ArticleMentions, candidates: Sequence[Attribution]
) -> list[str]:
    """Return for each candidate the fields "structure" and "words"."""
    document = _document_tokens(index)
    by_sentence: dict[int, list[Attribution]] = {}
    for candidate in candidates:
        by_sentence.setdefault(candidate.sentence, []).append(candidate)
    summaries = {n: _summary(index, found) for n, found in by_sentence.items()}
    texts = []
    for number, found in by_sentence.items():
        sentence = index.sentences[number]
        text = _read(index.article, sentence)
        shared = _place_tokens(index, number, summaries)
        for order, candidate in enumerate(found):
            form = candidate.form
            tokens = _candidate_tokens(index, candidate, sentence, text)
            tokens += _nesting_tokens(index.article, found, order)
            tokens += [f"siblings:{min(len(found), 5)}", f"order:{min(order, 3)}:{form}"]
            tokens += [f"{form}|with:{c.form}" for c in found if c is not candidate]
            tokens += [
                f"{form}|with:{c.cue_class.split(' ')[0]}" for c in found if c is not candidate and c.cue
            ]
            tokens += [f"{form}|{token}" for token in (*document, *shared)]
            texts.append("\t".join([" ".join(tokens), " ".join(_words(candidate, text))]))
    return texts


def _read(article: str, sentence: Sentence) -> _Text:
    """Return the lower-case words of a sentence, names and quotations masked, and its classes."""
    words: list[tuple[int, str]] = []
    for match in _WORD.finditer(article, sentence.body, sentence.end):
        at = match.start()
        word = match.group()
        if any(a <= at < b for a, b in sentence.quoted):
            word = "_quoted_"
        elif word[0].isupper() and at > sentence.body and word != "I":
            word = "_name_"
        else:
            word = word.lower().replace("’", "'")
        if not (words and word.startswith("_") and words[-1][1] == word):
            words.append((at, word))
    return _Text(
        tuple(words),
        tuple(find_classes(article, sentence.body, sentence.end)),
        _quoting(sentence),
        bool(_FIRST_PERSON.search(sentence.text)),
    )


def _candidate_tokens(
    index: ArticleMentions, candidate: Attribution, sentence: Sentence, text: _Text
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
        quoted = any(a <= start < b for a, b in sentence.quoted)
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


def _nesting_tokens(article: str, found: Sequence[Attribution], order: int) -> list[str]:
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
        tail = article[max(after.cue[1], after.source[1]) :][:2].strip()[:1] or "$"
        closes = "closes" if tail in ".,”\";$" else "goes_on"
        tokens += [f"{form}|next:{after.form}:{joint}:{closes}", f"next:{joint}:{closes}"]
        tokens.append(f"next:{after.cue_class.split(' ')[0]}:{joint}:{closes}")
    return tokens


_BOND = re.compile(r"(,|;|:|—|–|\.|[”\"])?[ ]*(and|but|while|whereas|as|when|which|who|that|after|because|for|with)?[ ]*$")


def _bond(between: str) -> str:
    """Return what joins two sources: the last mark and conjunction, and how far apart they are."""
    match = _BOND.search(between)
    mark, word = match.groups() if match else (None, None)
    that = "that" if between.startswith(" that ") else "open"
    distance = "near" if len(between) < 12 else "far"
    return f"{mark or '_'}{word or '_'}:{that}:{distance}"


def _following(text: _Text, position: int, name: str) -> list[str]:
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
    after, before = word_after(article, end, sentence.end), word_before(article, start, sentence.body)
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


def _quoting(sentence: Sentence) -> str:
    quoted = sum(end - start for start, end in sentence.quoted)
    if not quoted:
        return "quoted:none"
    share = quoted / max(1, sentence.end - sentence.body)
    return "quoted:all" if share > 0.9 else "quoted:most" if share > 0.5 else "quoted:part"


_STRONG = ("say", "hostile", "appeal", "commit", "praise", "defend", "assess", "according", "noun")


def _summary(index: ArticleMentions, found: Sequence[Attribution]) -> str:
    """Return in one word what the candidates of a sentence look like to its neighbours."""
    classes = {c.cue_class.split(" ")[0] for c in found if c.cue}
    best = next((name for name in _STRONG if name in classes), "none")
    return f"{best}:{_quoting(index.sentences[found[0].sentence])}"


def _place_tokens(index: ArticleMentions, number: int, summaries: dict[int, str]) -> list[str]:
    """Return where a sentence stands and what stands around it."""
    here = index.sentences[number]
    tokens = [f"at:{min(number, 3)}"]
    quoting = _quoting(here)
    for name, other in (("prev", number - 1), ("next", number + 1)):
        if not 0 <= other < len(index.sentences):
            tokens.append(f"{name}:edge")
            continue
        there = index.sentences[other]
        gap = "same" if there.paragraph == here.paragraph else "other"
        summary = summaries.get(other, "skip")
        tokens += [f"{name}:{gap}:{summary}", f"{name}:{summary.split(':')[0]}", f"{name}:{gap}"]
        tokens += [f"{quoting}:{name}:{gap}:{_quoting(there)}", f"{name}:{there.kind}"]
    return tokens


def _document_tokens(index: ArticleMentions) -> list[str]:
    """Return what kind of document this is: communiqué, wire or neither."""
    prose = [s for s in index.sentences if s.kind == "prose"]
    first = sum(bool(_FIRST_PERSON.search(s.text)) and not s.quoted for s in prose)
    quoted = sum(bool(s.quoted) for s in prose)
    tokens = [f"doc:first_person:{min(first, 3)}", f"doc:quotes:{min(quoted, 2)}"]
    tokens.append(f"doc:length:{min(len(prose), 3)}")
    if any(s.kind == "header" for s in index.sentences):
        tokens.append("doc:header")
    return tokens


def _words(candidate: Attribution, text: _Text) -> list[str]:
    """Return the words of the sentence without the source's."""
    start, end = candidate.source or (0, 0)
    words = [word for at, word in text.words if not start <= at < end]
    if candidate.form in _UNNAMED:
        edges = [f"opens:{w}" for w in words[:_EDGE_WORDS]]
        return [f"bare:{w}" for w in words] + edges
    modals = load_words("modals")
    return [f"modal:{w}" if w in modals else w for w in words]


def describe_again(
    index: ArticleMentions,
    candidates: Sequence[Attribution],
    texts: Sequence[str],
    probability: Sequence[float],
) -> list[str]:
    """Add a third field, "around": what a first pass made of the candidate and its neighbours.

    Candidates of one sentence compete for its words, and a sentence without a source is
    speech where its neighbours are.
    """
    by_sentence: dict[int, list[int]] = {}
    for position, candidate in enumerate(candidates):
        by_sentence.setdefault(candidate.sentence, []).append(position)
    best = {n: max(probability[p] for p in found) for n, found in by_sentence.items()}
    texts = list(texts)
    for number, found in by_sentence.items():
        around = _around(index, number, best)
        ranked = sorted(found, key=lambda p: -probability[p])
        total = _grade(sum(probability[p] for p in found) / 2)
        for position in found:
            form, value = candidates[position].form, probability[position]
            others = [p for p in ranked if p != position]
            rank = min(ranked.index(position), 3)
            tokens = [f"own:{_grade(value)}", f"rank:{rank}", f"{form}|own:{_grade(value)}"]
            tokens += [f"sum:{total}", f"rank:{rank}:sum:{total}", f"rank:{rank}:own:{_grade(value)}"]
            if others:
                top = others[0]
                tokens.append(f"other:{_grade(probability[top])}")
                tokens.append(f"{form}|{candidates[top].form}:{_grade(probability[top])}")
                tokens.append(f"gap:{_grade(abs(value - probability[top]))}:{value > probability[top]}")
            else:
                tokens.append("alone")
            tokens += [f"{form}|{token}" for token in around] + around
            texts[position] = f"{texts[position]}\t{' '.join(tokens)}"
    return texts


def _grade(value: float) -> str:
    return str(int(min(value, 0.999) * 10))


def _around(index: ArticleMentions, number: int, best: dict[int, float]) -> list[str]:
    here = index.sentences[number].paragraph
    tokens = []
    for step in (-2, -1, 1, 2):
        value = best.get(number + step)
        if value is None:
            tokens.append(f"sentence{step}:none")
            continue
        gap = "same" if index.sentences[number + step].paragraph == here else "other"
        tokens += [f"sentence{step}:{_grade(value)}", f"sentence{step}:{gap}:{_grade(value)}"]
    total = [v for n, v in best.items() if n != number]
    tokens.append(f"document:{_grade(sum(total) / len(total))}" if total else "document:single")
    return tokens


def choose_attributions(
    candidates: Sequence[Attribution], probability: Sequence[float], threshold: float
) -> list[bool]:
    """Return which candidates are statements.

    A sentence is one when its candidates together reach `threshold`: the classifier may be
    sure that there is speech and unsure whose. The likeliest then stands for it; each further
    one must be likely by itself.
    """
    by_sentence: dict[int, list[int]] = {}
    for position, candidate in enumerate(candidates):
        by_sentence.setdefault(candidate.sentence, []).append(position)
    chosen = [False] * len(candidates)
    for found in by_sentence.values():
        best = max(found, key=lambda p: probability[p])
        chosen[best] = sum(probability[p] for p in found) >= threshold
        for position in found:
            if position != best:
                chosen[position] = probability[position] >= threshold + _FURTHER
    return chosen


_FURTHER = 0.1  # a choice, made on out-of-fold probabilities of the training split
