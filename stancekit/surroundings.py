"""Where a candidate country stands around a statement: in its sentence, before it, in the head.

No names come in here: a token says place, neighbouring words and kind.
"""

import re

from stancekit.records import Attribution, Span
from stancekit.zones import ArticleMentions, word_after, word_before

_WORD = re.compile(r"[A-Za-zÀ-ÿ][\w’'-]*")
_OBJECT_GAP = 6  # a choice: characters between a verb and the name that is its object
_EARLIER = 3  # a choice: how many sentences back a name is looked for


def surrounding_tokens(
    index: ArticleMentions, attribution: Attribution, code: str, source_type: str
) -> list[str]:
    """Return where a candidate stands outside the words that name the source.

    `source_type` says how the source is expressed; every token also stands joined to it.
    """
    sentence = index.sentences[attribution.sentence]
    spans = [s for s in (attribution.source, attribution.cue) if s]
    anchor = min((start for start, _ in spans), default=sentence.end)
    tokens = [f"rank:{min(index.ranks.get(code, 9), 4)}"]
    earlier = [m.codes for m in index.within((sentence.body, anchor))]
    if any(code in codes for codes in earlier):
        tokens.append("sentence_before_source")
        tokens.append("opens_sentence" if code in earlier[0] else "inside_sentence")
        if code in earlier[-1]:
            tokens.append("nearest_before_source")
    if code in index.codes_within((anchor, sentence.end)):
        tokens.append("sentence_after_source")
    for back in range(1, min(_EARLIER, attribution.sentence) + 1):
        tokens += _earlier_tokens(index, attribution, code, back)
    for name in ("dateline", "headline", "opening"):
        if code in getattr(index, name):
            tokens.append(f"in_{name}")
        if code in index.leads.get(name, ()):
            tokens.append(f"leads_{name}")
    tokens += _clause_tokens(index, attribution, code)
    sort = "body" if code in index.bodies else "state"
    return [*tokens, *(f"{source_type}|{token}" for token in tokens), f"sort:{sort}"]


def _earlier_tokens(
    index: ArticleMentions, attribution: Attribution, code: str, back: int
) -> list[str]:
    """Return where the sentence `back` places before names a candidate: first, last, alone."""
    before = index.sentences[attribution.sentence - back]
    found = [m.codes for m in index.within((before.body, before.end))]
    if not any(code in codes for codes in found):
        return []
    same = index.sentences[attribution.sentence].paragraph == before.paragraph
    name = f"sentence_back:{back}"
    tokens = [name, f"{name}:{'same' if same else 'other'}_paragraph"]
    if code in found[0]:
        tokens.append(f"{name}:first")
    if code in found[-1]:
        tokens.append(f"{name}:last")
    if all(code in codes for codes in found):
        tokens.append(f"{name}:only")
    return tokens


def _clause_tokens(index: ArticleMentions, attribution: Attribution, code: str) -> list[str]:
    """Return how the sentence outside the source speaks of a candidate: by, of, against it."""
    sentence = index.sentences[attribution.sentence]
    source = attribution.source or (-1, -1)
    outside = [
        m
        for m in index.within((sentence.body, sentence.end))
        if not source[0] <= m.start < source[1]
    ]
    tokens = []
    for number, mention in enumerate(outside):
        if code not in mention.codes:
            continue
        is_quoted = any(start <= mention.start < end for start, end in sentence.quoted)
        side = "quoted" if is_quoted else "told"
        before = word_before(index.article, mention.start, sentence.body)
        after = word_after(index.article, mention.end, sentence.end)
        tokens += [f"{side}:before:{before}", f"{side}:after:{after}", f"{side}:{mention.kind}"]
        if number == 0:
            tokens.append(f"{side}:first")
        if attribution.cue and 0 <= mention.start - attribution.cue[1] <= _OBJECT_GAP:
            tokens.append(f"object:{attribution.cue_class.split(' ')[0]}")
    return tokens


def masked_words(index: ArticleMentions, span: Span, code: str) -> list[str]:
    """Return the lower-case words of a span with the candidate and other names masked."""
    mentions = index.within(span)
    words: list[str] = []
    for match in _WORD.finditer(index.article, *span):
        covering = next(
            (m for m in mentions if m.start < match.end() and m.end > match.start()), None
        )
        if covering is not None:
            word = "_cand_" if code in covering.codes else "_other_"
        else:
            word = "_name_" if match.group()[0].isupper() and words else match.group().lower()
        if not (words and word.startswith("_") and words[-1] == word):
            words.append(word)
    return words
