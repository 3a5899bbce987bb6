"""Find which sentences may report speech: every possible source with its words.

The stage is generous. It returns a candidate for every reporting word with a subject,
every quotation and every sentence that could run on from the one before; a TF-IDF
classifier, fed by `describe_attributions`, decides which of them are statements.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from stancekit.cues import Cue, find_cues
from stancekit.lexicons import load_words
from stancekit.records import Attribution, Kind, Sentence
from stancekit.sources import Source, sentence_subject, source_after, source_before

_COLON_SPEAKER = re.compile(r"([A-ZÀ-Þ][\w’'.-]+(?:[ ][\w’'.-]+){0,5}):[ ]+(?=\S)")
_COLON_TAIL = re.compile(r"(?:[:–—-]|,)[ ]+((?:the[ ])?[\w’'.-]+(?:[ ][\w’'.-]+){0,3})$")
_BY = re.compile(r"(?:[ ]+[\w’'-]+){0,4}?[ ]+by[ ]+", re.I)


def find_attributions(article: str, sentences: Sequence[Sentence]) -> list[Attribution]:
    """Return every candidate attribution of the article, in reading order."""
    candidates: list[Attribution] = []
    for index, sentence in enumerate(sentences):
        if sentence.kind == "boilerplate":
            continue
        found = _from_cues(article, index, sentence)
        candidates += found or _without_cue(article, index, sentence)
    return candidates


def _from_cues(article: str, index: int, sentence: Sentence) -> list[Attribution]:
    outside = [c for c in find_cues(article, sentence.body, sentence.end) if not _in(c, sentence)]
    found: dict[int, Attribution] = {}
    for cue in outside:
        for form, source in _sources_of(article, sentence, cue):
            known = found.get(source.start)
            if known is None:
                found[source.start] = Attribution(
                    sentence=index,
                    clause=(sentence.start, sentence.end),
                    form=form,
                    source=(source.start, source.end),
                    apposition=source.apposition,
                    cue=(cue.start, cue.end),
                    cue_class=" ".join([cue.cue_class, *sorted(source.helpers & _MODALS)]),
                )
            elif cue.cue_class not in known.cue_class.split():
                found[source.start] = replace(
                    known, cue_class=f"{known.cue_class} +{cue.cue_class}"
                )
    return sorted(found.values(), key=_anchor)


_MODALS = frozenset("would could may might will should can must not n't never cannot had did".split())


def _in(cue: Cue, sentence: Sentence) -> bool:
    return any(a <= cue.start < b for a, b in sentence.quoted)


def _sources_of(article: str, sentence: Sentence, cue: Cue) -> list[tuple[str, Source]]:
    """Return the possible (form, source) of a reporting word, best first, at most one."""
    begin = sentence.body
    for quote_start, quote_end in sentence.quoted:
        if quote_end < cue.start and quote_end - quote_start > 30:
            begin = max(begin, quote_end + 1)
    if cue.cue_class == "according":
        source = source_after(article, cue.end, sentence.end)
        return [("according", source)] if source else []
    if cue.cue_class == "noun":
        source = source_before(article, begin, _possessive_start(article, cue))
        return [("noun", source)] if source else []
    if article[cue.start : cue.end].lower().split()[0].endswith("ing"):
        return _participle(article, sentence, cue, begin)
    source = source_before(article, begin, cue.start)
    if source is not None and source.helpers & load_words("passive_auxiliaries"):
        if cue.lemma.startswith("quote"):
            return [("before", source)]
        return _passive(article, sentence, cue)
    inverted = None
    if source is None or article[source.start : source.end].lower() in {"", "there"}:
        inverted = source_after(article, cue.end, sentence.end)
    if inverted is not None and _may_invert(article, sentence, cue):
        return [("after", inverted)]
    if source is None:
        return _passive(article, sentence, cue)
    return [("before", source)]


def _possessive_start(article: str, cue: Cue) -> int:
    mark = max(article.rfind(m, 0, cue.start) for m in ("'s ", "’s ", "s' ", "s’ "))
    return mark if article[mark] in "'’" else mark + 1


def _passive(article: str, sentence: Sentence, cue: Cue) -> list[tuple[str, Source]]:
    match = _BY.match(article, cue.end, sentence.end)
    source = source_after(article, match.end(), sentence.end) if match else None
    return [("passive", source)] if source else []


def _participle(
    article: str, sentence: Sentence, cue: Cue, begin: int
) -> list[tuple[str, Source]]:
    before = article[begin : cue.start].rstrip()
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


def _without_cue(article: str, index: int, sentence: Sentence) -> list[Attribution]:
    """Return the candidates of a sentence that has no reporting word with a subject.

    Its subject may be the source of an act of speech that the lexicon lacks, or the
    sentence goes on with the words of the source before.
    """
    bare = Attribution(sentence=index, clause=(sentence.start, sentence.end), form="bare")
    colon = _COLON_SPEAKER.match(article, sentence.body, sentence.end)
    if colon and len(colon.group(1)) < 60:
        return [replace(bare, form="colon", source=colon.span(1))]
    tail = _COLON_TAIL.search(sentence.text)
    if sentence.kind == "headline" and tail and ":" in sentence.text:
        start, end = tail.span(1)
        return [replace(bare, form="tail", source=(sentence.start + start, sentence.start + end))]
    if sentence.quoted or sentence.continues_quote:
        bare = replace(bare, form="quote")
    subject = sentence_subject(article, sentence.body, sentence.end)
    if subject is None or any(a <= subject.start < b for a, b in sentence.quoted):
        return [bare]
    named = replace(
        bare, form="subject", source=(subject.start, subject.end), apposition=subject.apposition
    )
    return [named, bare]


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
        r"(?:[,;—–]?[ ]*(?:and|but|while|whereas|with|as|when|after|though|although|because|that|which)[ ]+"
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
