"""Find which sentences may report speech: every possible source with its words.

The stage is generous. It returns a candidate for every reporting word with a subject,
every quotation and every sentence that could run on from the one before; a TF-IDF
classifier, fed by `describe_attributions`, decides which of them are statements.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from stancekit.cues import Cue, find_cues
from stancekit.lexicons import load_words
from stancekit.records import Attribution, Kind, Sentence
from stancekit.sources import Source, sentence_subject, source_after, source_before
from stancekit.spans import is_within

_COLON_SPEAKER = re.compile(r"([A-ZÀ-Þ][\w’'.-]+(?:[ ][\w’'.-]+){0,5}):[ ]+(?=\S)")
_COLON_TAIL = re.compile(r"(?::|[ ][–—-]|--)[ ]+((?:the[ ])?[\w’'.-]+(?:[ ][\w’'.-]+){0,3})$")
_OF_VERBS = ("accuse", "suspect", "assure", "remind", "inform", "warn")  # "accused by X of theft"
_OF_CHARGE = re.compile(r"[ ]of[ ](?!the\b|[A-Z])")
_REACH = 600  # a choice: no subject stands further from its verb; keeps the work linear
_POSSESSIVE = re.compile(r"\b(his|her|its|their|our|my)[ ](?:[\w-]+[ ]){0,2}?$", re.I)
_QUOTED_AS = re.compile(r"\b(?:quoted|cited|reported)[ ]((?:[\w’'.-]+[ ]){0,7}?[\w’'.-]+)[ ]as$")
_BY_AT_ONCE = re.compile(
    r"[ ]by[ ](?!\w+ing\b|(?:tele)?phone|letter|e?-?mail|fax|video|radio|way|means|then|no\b"
    r"|far|\d|[A-Z]\w+day)"
)
_CLAUSE_END = re.compile(
    r"[ ]*(?:[.,;:!?”\"—–)]|$|(?:who|in|at|on|after|during|when|while|and|as|before|from|by)\b)"
)
_BY = re.compile(r"(?:[ ]+[\w’'-]+){0,4}?[ ]+by[ ]+", re.I)


def find_attributions(article: str, sentences: Sequence[Sentence]) -> list[Attribution]:
    """Return every candidate attribution of the article, in reading order."""
    candidates: list[Attribution] = []
    for index, sentence in enumerate(sentences):
        if sentence.kind == "boilerplate":
            continue
        found = _from_cues(article, index, sentence)
        found += _without_cue(article, index, sentence, found)
        candidates += sorted(found, key=_anchor)
    return candidates


def _from_cues(article: str, index: int, sentence: Sentence) -> list[Attribution]:
    """Return one candidate for each source of a reporting word; further words join its class."""
    outside = [c for c in find_cues(article, sentence.body, sentence.end) if not _in(c, sentence)]
    found: dict[int, Attribution] = {}
    for cue in outside:
        for form, source in _sources_of(article, sentence, cue):
            place = source.start if source else -cue.start
            known = found.get(place)
            if known is None:
                helpers = sorted(source.helpers & _MODALS) if source else []
                found[place] = Attribution(
                    sentence=index,
                    clause=(sentence.start, sentence.end),
                    form=form,
                    source=(source.start, source.end) if source else None,
                    apposition=source.apposition if source else None,
                    cue=(cue.start, cue.end),
                    cue_class=" ".join([cue.cue_class, *helpers]),
                )
            elif known.cue_class.split()[0] in _WEAK and cue.cue_class not in _WEAK:
                strong = f"{cue.cue_class} +{known.cue_class.split()[0]}"
                found[place] = replace(known, cue=(cue.start, cue.end), cue_class=strong)
            elif cue.cue_class not in known.cue_class.split():
                found[place] = replace(known, cue_class=f"{known.cue_class} +{cue.cue_class}")
    return list(found.values())


_WEAK = frozenset({"weak", "react", "feel", "noun"})
_MODALS = frozenset(
    "would could may might will should can must not n't never cannot had did".split()
)


def _in(cue: Cue, sentence: Sentence) -> bool:
    return is_within(sentence.quoted, cue.start)


def _sources_of(article: str, sentence: Sentence, cue: Cue) -> list[tuple[str, Source | None]]:
    """Return the possible (form, source) of a reporting word, best first, at most one."""
    begin = max(sentence.body, cue.start - _REACH)
    last = bisect_left(sentence.quoted, (cue.start,)) - 1
    for quote_start, quote_end in sentence.quoted[max(0, last - 2) : last + 1]:
        if quote_end < cue.start and quote_end - quote_start > 30:
            begin = max(begin, quote_end + 1)
    while begin > sentence.body and article[begin - 1].isalnum() and begin < cue.start:
        begin += 1
    if cue.cue_class == "according":
        source = source_after(article, cue.end, sentence.end)
        return [("according", source)] if source else []
    if cue.cue_class == "noun":
        source = _possessor(article, begin, cue)
        return [("noun", source)] if source else []
    if article[cue.start : cue.end].endswith("ed") and _BY_AT_ONCE.match(article, cue.end):
        return _passive(article, sentence, cue)
    if article[cue.start : cue.end].lower().split()[0].endswith("ing"):
        return _participle(article, sentence, cue, begin)
    source = source_before(article, begin, cue.start)
    if cue.cue_class == "feel":
        is_state = source is not None and (
            sentence.kind == "headline" or source.helpers & load_words("passive_auxiliaries")
        )
        return [("before", source)] if is_state else []
    if source is not None and source.helpers & load_words("passive_auxiliaries"):
        if cue.lemma.startswith("quote"):
            return [("before", source)]
        return _passive(article, sentence, cue)
    if _may_invert(article, sentence, cue):
        inverted = source_after(article, cue.end, sentence.end)
        doubtful = source is None or (
            cue.lemma in load_words("quoting_verbs") and _ends_clause(article, inverted, sentence)
        )
        if inverted and doubtful:
            return [("after", inverted)]
    return [("before", source)] if source else []


def _ends_clause(article: str, source: Source | None, sentence: Sentence) -> bool:
    """Return whether nothing follows a noun phrase that would make it a subject."""
    if source is None:
        return False
    end = source.apposition[1] if source.apposition else source.end
    return end >= sentence.end or _CLAUSE_END.match(article, end, sentence.end) is not None


def _possessor(article: str, begin: int, cue: Cue) -> Source | None:
    """Return the source of a noun of speech ("Seoul's protest", "its protest")."""
    pronoun = _POSSESSIVE.search(article, begin, cue.start)
    if pronoun:
        start, end = pronoun.span(1)
        is_text = cue.lemma in load_words("text_nouns")
        return Source(start, cue.end if is_text else end, None, frozenset())
    mark = max(article.rfind(m, begin, cue.start) for m in ("'s ", "’s ", "s' ", "s’ "))
    if mark < 0:
        return None
    return source_before(article, begin, mark if article[mark] in "'’" else mark + 1)


def _passive(article: str, sentence: Sentence, cue: Cue) -> list[tuple[str, Source | None]]:
    match = _BY.match(article, cue.end, sentence.end)
    source = source_after(article, match.end(), sentence.end) if match else None
    if source and cue.lemma.startswith(_OF_VERBS):
        of = _OF_CHARGE.search(article, source.start, source.end)
        source = source._replace(end=of.start()) if of else source
    return [("passive", source)]


def _participle(
    article: str, sentence: Sentence, cue: Cue, begin: int
) -> list[tuple[str, Source | None]]:
    before = article[begin : cue.start].rstrip()
    quoted_as = _QUOTED_AS.search(before)
    if quoted_as:
        start, end = quoted_as.span(1)
        return [("before", Source(begin + start, begin + end, None, frozenset()))]
    if before and before[-1] not in ",—–" and re.search(r"\b(?:with|and)\b", before, re.I):
        source = source_before(article, begin, cue.start)
        if source is not None:
            return [("with", source)]
    source = sentence_subject(article, sentence.body, cue.start)
    return [("participle", source)] if source else []


def _may_invert(article: str, sentence: Sentence, cue: Cue) -> bool:
    before = article[sentence.body : cue.start].rstrip()
    if cue.cue_class not in {"say", "assess", "appeal", "commit", "hostile", "defend"}:
        return False
    return before == "" or before[-1] in ",”\"’'?!—–" or before.endswith((" as", " so"))


def _without_cue(
    article: str, index: int, sentence: Sentence, found: Sequence[Attribution]
) -> list[Attribution]:
    """Return the candidates that rest on no reporting word.

    The subject may be the source of an act of speech that the lexicon lacks, a headline
    may name its source at an end, or the sentence goes on with the words of the source before.
    """
    bare = Attribution(sentence=index, clause=(sentence.start, sentence.end), form="bare")
    if sentence.quoted or sentence.continues_quote:
        bare = replace(bare, form="quote")
    others = [bare]
    colon = _COLON_SPEAKER.match(article, sentence.body, sentence.end)
    if colon and len(colon.group(1)) < 60:
        others.append(replace(bare, form="colon", source=colon.span(1)))
    tail = _COLON_TAIL.search(sentence.text) if sentence.kind == "headline" else None
    if tail:
        start, end = tail.span(1)
        span = (sentence.start + start, sentence.start + end)
        others.append(replace(bare, form="tail", source=span))
    subject = sentence_subject(article, sentence.body, sentence.end)
    if subject and not is_within(sentence.quoted, subject.start):
        span = (subject.start, subject.end)
        others.append(replace(bare, form="subject", source=span, apposition=subject.apposition))
    taken = [a.source for a in found if a.source]
    return [
        o for o in others
        if o.source is None or not any(a < o.source[1] and b > o.source[0] for a, b in taken)
    ]  # fmt: skip


def _anchor(attribution: Attribution) -> int:
    spans = [span for span in (attribution.source, attribution.cue) if span]
    return min(start for start, _ in spans) if spans else attribution.clause[0]


def settle_clauses(
    article: str, sentences: Sequence[Sentence], accepted: Sequence[Attribution]
) -> list[Attribution]:
    """Give each accepted attribution its own clause of the sentence, and its kind."""
    settled: list[Attribution] = []
    for position, attribution in enumerate(accepted):
        sentence = sentences[attribution.sentence]
        before = accepted[position - 1] if position else None
        after = accepted[position + 1] if position + 1 < len(accepted) else None
        start, end = sentence.start, sentence.end
        if before is not None and before.sentence == attribution.sentence:
            start = max(start, _split_point(article, before, attribution))
        if after is not None and after.sentence == attribution.sentence:
            end = min(end, _split_point(article, attribution, after))
        while start < end and (article[start].isspace() or article[start] in ",;—–"):
            start += 1
        end = start + len(article[start:end].rstrip(" ,;—–\t\r\n")) or sentence.end
        if end - start < 3:
            start, end = sentence.start, sentence.end
        whole = replace(attribution, clause=(start, end))
        settled.append(replace(whole, kind=_kind(sentence, whole)))
    return settled


def _split_point(article: str, first: Attribution, second: Attribution) -> int:
    """Return where the clause of `second` begins."""
    if second.form == "after":
        spans = [s for s in (first.source, first.cue, first.apposition) if s]
        return max((end for _, end in spans), default=_anchor(second))
    anchor = _anchor(second)
    lead = re.search(
        r"(?:[,;—–]?[ ]*(?:and|but|while|whereas|with|as|when|after|though|although|because"
        r"|that|which)[ ]+"
        r"(?:[A-Z]?[\w’'-]+[ ]+){0,2}?|[,;][ ]*)$",
        article[max(first.clause[0], anchor - 40) : anchor],
    )
    return anchor - len(lead.group()) if lead else anchor


def _kind(sentence: Sentence, attribution: Attribution) -> Kind:
    start, end = attribution.clause
    quoted = sum(max(0, min(b, end) - max(a, start)) for a, b in sentence.quoted)
    if quoted < 4:
        return "indirect"
    spans = (attribution.source, attribution.apposition, attribution.cue)
    named = sum(span[1] - span[0] for span in spans if span)
    return "direct" if quoted / max(1, end - start - named) > 0.8 else "mixed"
