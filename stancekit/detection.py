"""Describe each candidate attribution, so that a classifier can tell speech from narration.

The first description sees the words, the source and the reporting words. The second
adds what a first pass made of the other candidates in and around the sentence.
"""

from collections.abc import Sequence

from stancekit.candidate_tokens import (
    FIRST_PERSON,
    candidate_tokens,
    candidate_words,
    nesting_tokens,
    quoting,
    read_sentence,
)
from stancekit.records import Attribution
from stancekit.zones import ArticleMentions


def describe_attributions(index: ArticleMentions, candidates: Sequence[Attribution]) -> list[str]:
    """Return for each candidate the fields "structure" and "words"."""
    document = _document_tokens(index)
    by_sentence: dict[int, list[Attribution]] = {}
    for candidate in candidates:
        by_sentence.setdefault(candidate.sentence, []).append(candidate)
    summaries = {n: _summary(index, found) for n, found in by_sentence.items()}
    texts = []
    for number, found in by_sentence.items():
        sentence = index.sentences[number]
        text = read_sentence(index.article, sentence)
        shared = _place_tokens(index, number, summaries)
        for order, candidate in enumerate(found):
            form = candidate.form
            tokens = candidate_tokens(index, candidate, sentence, text)
            tokens += nesting_tokens(index.article, found, order)
            tokens += [f"siblings:{min(len(found), 5)}", f"order:{min(order, 3)}:{form}"]
            near = found[max(0, order - _NEAR) : order] + found[order + 1 : order + _NEAR + 1]
            tokens += [f"{form}|with:{c.form}" for c in near]
            tokens += [f"{form}|with:{c.cue_class.split(' ')[0]}" for c in near if c.cue]
            tokens += [f"{form}|{token}" for token in (*document, *shared)]
            texts.append("\t".join([" ".join(tokens), " ".join(candidate_words(candidate, text))]))
    return texts


_NEAR = 5  # a choice: how many candidates on either side describe one of the same sentence
_STRONG = ("say", "hostile", "appeal", "commit", "praise", "defend", "assess", "according", "noun")


def _summary(index: ArticleMentions, found: Sequence[Attribution]) -> str:
    """Return in one word what the candidates of a sentence look like to its neighbours."""
    classes = {c.cue_class.split(" ")[0] for c in found if c.cue}
    best = next((name for name in _STRONG if name in classes), "none")
    return f"{best}:{quoting(index.sentences[found[0].sentence])}"


def _place_tokens(index: ArticleMentions, number: int, summaries: dict[int, str]) -> list[str]:
    """Return where a sentence stands and what stands around it."""
    here = index.sentences[number]
    tokens = [f"at:{min(number, 3)}"]
    own = quoting(here)
    for name, other in (("prev", number - 1), ("next", number + 1)):
        if not 0 <= other < len(index.sentences):
            tokens.append(f"{name}:edge")
            continue
        there = index.sentences[other]
        gap = "same" if there.paragraph == here.paragraph else "other"
        summary = summaries.get(other, "skip")
        tokens += [f"{name}:{gap}:{summary}", f"{name}:{summary.split(':')[0]}", f"{name}:{gap}"]
        tokens += [f"{own}:{name}:{gap}:{quoting(there)}", f"{name}:{there.kind}"]
    return tokens


def _document_tokens(index: ArticleMentions) -> list[str]:
    """Return what kind of document this is: communiqué, wire or neither."""
    prose = [s for s in index.sentences if s.kind == "prose"]
    first = sum(bool(FIRST_PERSON.search(s.text)) and not s.quoted for s in prose)
    quoted = sum(bool(s.quoted) for s in prose)
    tokens = [f"doc:first_person:{min(first, 3)}", f"doc:quotes:{min(quoted, 2)}"]
    tokens.append(f"doc:length:{min(len(prose), 3)}")
    if any(s.kind == "header" for s in index.sentences):
        tokens.append("doc:header")
    return tokens


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
    total = sum(best.values())
    texts = list(texts)
    for number, found in by_sentence.items():
        around = _around(index, number, best, total)
        ranked = sorted(found, key=lambda p: -probability[p])
        for rank, position in enumerate(ranked):
            tokens = _rank_tokens(candidates, probability, ranked, rank)
            tokens += [f"{candidates[position].form}|{token}" for token in around] + around
            texts[position] = f"{texts[position]}\t{' '.join(tokens)}"
    return texts


def _rank_tokens(
    candidates: Sequence[Attribution], probability: Sequence[float], ranked: list[int], rank: int
) -> list[str]:
    """Return how a candidate stands to the others of its sentence, `ranked` by probability."""
    position, place = ranked[rank], min(rank, 3)
    form, value = candidates[position].form, probability[position]
    own, total = _grade(value), _grade(sum(probability[p] for p in ranked[:9]) / 2)
    tokens = [f"own:{own}", f"{form}|own:{own}", f"sum:{total}", f"rank:{place}"]
    tokens += [f"rank:{place}:sum:{total}", f"rank:{place}:own:{own}"]
    if len(ranked) < 2:
        return [*tokens, "alone"]
    top = ranked[1] if rank == 0 else ranked[0]
    other = _grade(probability[top])
    side = "before" if top < position else "after"
    tokens += [f"other:{other}", f"{form}|{candidates[top].form}:{other}"]
    tokens.append(f"{form}|{side}:{candidates[top].form}:{other}")
    tokens.append(f"gap:{_grade(abs(value - probability[top]))}:{value > probability[top]}")
    return tokens


def _grade(value: float) -> str:
    return str(int(min(value, 0.999) * 10))


def _around(index: ArticleMentions, number: int, best: dict[int, float], total: float) -> list[str]:
    here = index.sentences[number].paragraph
    tokens = []
    for step in (-2, -1, 1, 2):
        value = best.get(number + step)
        if value is None:
            tokens.append(f"sentence{step}:none")
            continue
        gap = "same" if index.sentences[number + step].paragraph == here else "other"
        tokens += [f"sentence{step}:{_grade(value)}", f"sentence{step}:{gap}:{_grade(value)}"]
    rest = len(best) - 1
    share = _grade((total - best[number]) / rest) if rest else "single"
    tokens.append(f"document:{share}")
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


_FURTHER = 0.1  # a choice, made by looking at F1 on the development articles
