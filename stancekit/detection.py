"""Describe each candidate attribution, so that a classifier can tell speech from narration."""

import re
from collections.abc import Sequence

from stancekit.lexicons import load_words
from stancekit.linking import source_type
from stancekit.records import Attribution, Sentence
from stancekit.zones import ArticleMentions, word_after, word_before

_WORD = re.compile(r"\w+(?:[-'’]\w+)*|[?!:;]")
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|I|my)\b")
_EDGE_WORDS = 4  # a choice: how many words of a sentence without reporting words are shown in place


def describe_attributions(
    index: ArticleMentions, candidates: Sequence[Attribution]
) -> list[str]:
    """Return for each candidate the fields "structure" and "words"."""
    document = _document_tokens(index)
    texts = []
    for position, candidate in enumerate(candidates):
        sentence = index.sentences[candidate.sentence]
        siblings = [c for c in candidates[max(0, position - 4) : position + 5]
                    if c.sentence == candidate.sentence]  # fmt: skip
        order = sum(c.sentence == candidate.sentence for c in candidates[max(0, position - 9) : position])
        before = candidates[position - order - 1] if position > order else None
        after = candidates[position + 1] if position + 1 < len(candidates) else None
        tokens = _candidate_tokens(index, candidate, sentence)
        tokens += [f"siblings:{min(len(siblings), 4)}", f"order:{min(order, 3)}"]
        tokens += [f"order:{min(order, 3)}:{candidate.form}"]
        tokens += _neighbour_tokens(index, candidate, before, "before")
        tokens += _neighbour_tokens(index, candidate, after, "after")
        tokens += [f"{candidate.form}|{token}" for token in document]
        texts.append("\t".join([" ".join(tokens), " ".join(_words(index, candidate, sentence))]))
    return texts


def _candidate_tokens(
    index: ArticleMentions, candidate: Attribution, sentence: Sentence
) -> list[str]:
    article = index.article
    form = candidate.form
    tokens = [f"form:{form}", f"place:{sentence.kind}", f"{form}|{sentence.kind}"]
    tokens += [f"{form}|{_quoting(sentence)}", f"{form}|runs:{sentence.continues_quote}"]
    if candidate.source:
        start, end = candidate.source
        text = article[start:end]
        kind = source_type(text)
        named = index.within(candidate.source)
        tokens += [f"src:{kind}", f"{form}|src:{kind}", f"src:first:{text.split(' ')[0].lower()}"]
        tokens += [f"src:last:{_tail(text)}", f"src:length:{min(len(text.split(' ')), 8)}"]
        tokens.append(f"src:named:{named[-1].kind}" if named else "src:unnamed")
        tokens.append(f"src:left:{word_before(article, start, sentence.body)}")
        if start == sentence.body:
            tokens.append(f"{form}|src:opens")
    if candidate.cue:
        tokens += _cue_tokens(article, candidate, sentence)
    if _FIRST_PERSON.search(sentence.text):
        tokens.append(f"{form}|first_person")
    return tokens


def _cue_tokens(article: str, candidate: Attribution, sentence: Sentence) -> list[str]:
    start, end = candidate.cue or (0, 0)
    cue = article[start:end].lower()
    main = candidate.cue_class.split(" ")[0]
    after, before = word_after(article, end, sentence.end), word_before(article, start, sentence.body)
    ending = next((e for e in ("ing", "ed", "s") if cue.split(" ")[0].endswith(e)), "plain")
    tokens = [f"cue:{cue}", f"class:{main}", f"tense:{main}:{ending}", f"cue:after:{after}"]
    tokens += [f"{main}:after:{after}", f"cue:before:{before}", f"{candidate.form}|class:{main}"]
    tokens += [f"class:{part}" for part in candidate.cue_class.split(" ")[1:]]
    if end >= sentence.end - 1:
        tokens.append("cue:closes")
    return tokens


def _tail(text: str) -> str:
    last = text.rsplit(" ", 1)[-1]
    return "_name_" if last[:1].isupper() else last.lower()


def _quoting(sentence: Sentence) -> str:
    quoted = sum(end - start for start, end in sentence.quoted)
    if not quoted:
        return "quoted:none"
    share = quoted / max(1, sentence.end - sentence.body)
    return "quoted:all" if share > 0.9 else "quoted:most" if share > 0.5 else "quoted:part"


def _neighbour_tokens(
    index: ArticleMentions, candidate: Attribution, other: Attribution | None, side: str
) -> list[str]:
    form = candidate.form
    if other is None:
        return [f"{side}:edge", f"{form}|{side}:edge"]
    here, there = index.sentences[candidate.sentence], index.sentences[other.sentence]
    if side == "after" and other.sentence == candidate.sentence:
        return []
    gap = "same" if here.paragraph == there.paragraph else "other"
    cue = other.cue_class.split(" ")[0] or "none"
    source = source_type(index.article[slice(*other.source)]) if other.source else "none"
    quoting = _quoting(there)
    return [
        f"{form}|{side}:{gap}:{other.form}:{cue}",
        f"{form}|{side}:{gap}:{quoting}",
        f"{form}|{side}:{gap}:src:{source}",
        f"{form}|{_quoting(here)}|{side}:{gap}:{quoting}",
    ]


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


def _words(index: ArticleMentions, candidate: Attribution, sentence: Sentence) -> list[str]:
    """Return the lower-case words of the sentence, names masked; sources and quotations left out."""
    skip = [span for span in (candidate.source,) if span]
    words: list[str] = []
    for match in _WORD.finditer(index.article, sentence.body, sentence.end):
        at = match.start()
        if any(a <= at < b for a, b in skip):
            continue
        if any(a <= at < b for a, b in sentence.quoted):
            word = "_quoted_"
        elif match.group()[0].isupper() and at > sentence.body:
            word = "_name_"
        else:
            word = match.group().lower()
        if not (words and word.startswith("_") and words[-1] == word):
            words.append(word)
    if candidate.form in {"bare", "quote"}:
        edges = [f"opens:{w}" for w in words[:_EDGE_WORDS]]
        return [f"bare:{w}" for w in words] + edges
    modals = load_words("modals")
    return [f"modal:{w}" if w in modals else w for w in words]
