"""Run the stages on articles: the only module that knows their order."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from stancekit.attributions import find_attributions, settle_clauses
from stancekit.detection import (
    choose_attributions,
    describe_again,
    describe_attributions,
)
from stancekit.errors import ModelDamagedError
from stancekit.gazetteer import Gazetteer
from stancekit.linking import Link, link_sources, speaker_name
from stancekit.mentions import find_mentions
from stancekit.model_files import CalibratedModel, ModelFiles, default_model, read_model
from stancekit.pieces import cut_into_pieces, join_pieces
from stancekit.records import Attribution, Statement
from stancekit.roles import Token, role_fields, role_text
from stancekit.scorer import probabilities
from stancekit.sentences import split_sentences
from stancekit.speakers import choose_countries, country_candidates, with_context
from stancekit.stance import choose_stances, strongest_spans
from stancekit.stance import with_context as add_stance_context
from stancekit.targets import combine_targets, target_candidates
from stancekit.zones import ArticleMentions, Candidate, index_mentions


@dataclass(slots=True)
class Analysis:
    """One article on its way through the stages; each stage fills in the next field."""

    index: ArticleMentions
    candidates: list[Attribution]
    attributions: list[Attribution] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def prepare(
    articles: Sequence[str], dates: Sequence[dt.date | None], gazetteer: Gazetteer
) -> list[Analysis]:
    """Split articles, find what they name and every candidate attribution."""
    analyses = []
    for article, mentions in zip(articles, find_mentions(articles, dates, gazetteer), strict=True):
        sentences = split_sentences(article)
        index = index_mentions(article, sentences, mentions)
        analyses.append(Analysis(index, find_attributions(article, sentences)))
    return analyses


def accept(analysis: Analysis, accepted: Sequence[Attribution]) -> None:
    """Settle which candidates are statements: their clauses, and what their sources stand for."""
    index = analysis.index
    analysis.attributions = settle_clauses(index.article, index.sentences, accepted)
    analysis.links = link_sources(
        index.article, index.sentences, index.mentions, analysis.attributions
    )


def country_rows(analysis: Analysis) -> list[list[Candidate]]:
    """Return the candidate countries of each attribution of an article."""
    return [
        country_candidates(analysis.index, attribution, link)
        for attribution, link in zip(analysis.attributions, analysis.links, strict=True)
    ]


@dataclass(slots=True)
class Voice:
    """One statement in the making: a source, one country that it speaks for, then the rest."""

    attribution: Attribution
    link: Link
    country: str | None
    certainty: float
    reason: str
    fields: list[list[Token]] = field(default_factory=list)
    role_text: str = ""
    scores: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    stance: tuple[str, ...] = ()
    target: str | None = None


class Model:
    """A loaded model: reads articles, returns their reported statements."""

    def __init__(self, files: ModelFiles, gazetteer: Gazetteer) -> None:
        self.files = files
        self.labels = files.labels
        self.gazetteer = gazetteer

    def predict(
        self, text: str, *, date: str | dt.date | None = None, explain: bool = False
    ) -> list[Statement]:
        """Return the reported statements of one article, in reading order.

        Parameters
        ----------
        text : str
            The article as plain text.
        date : str or datetime.date, optional
            When it was published (YYYY-MM-DD); decides who held which office.
        explain : bool
            Whether to fill `evidence`.

        Raises
        ------
        TypeError
            If `text` is not a str.
        ValueError
            If `date` is no date.
        """
        return self.predict_batch([text], dates=[date], explain=explain)[0]

    def predict_batch(
        self,
        texts: Sequence[str],
        *,
        dates: Sequence[str | dt.date | None] | None = None,
        explain: bool = False,
    ) -> list[list[Statement]]:
        """Return the statements of each of many articles: the fast path, in the order given."""
        for text in texts:
            if not isinstance(text, str):
                raise TypeError(f"an article is a str, not {type(text).__name__}")
        when = [_as_date(date) for date in dates or [None] * len(texts)]
        if len(when) != len(texts):
            raise ValueError(f"{len(when)} dates for {len(texts)} texts: give one a text, or none")
        pieces = [cut_into_pieces(text) for text in texts]
        found = self._read(
            [piece for cut in pieces for _, piece in cut],
            [date for date, cut in zip(when, pieces, strict=True) for _ in cut],
            explain,
        )
        return join_pieces(pieces, found)

    def _read(
        self, texts: Sequence[str], dates: Sequence[dt.date | None], explain: bool
    ) -> list[list[Statement]]:
        """Return the statements of texts that are read whole."""
        analyses = prepare(texts, dates, self.gazetteer)
        self._detect(analyses)
        voices = self._voices(analyses)
        self._stances(analyses, voices)
        self._targets(analyses, voices)
        return [
            [self._statement(analysis.index, voice, explain) for voice in spoken]
            for analysis, spoken in zip(analyses, voices, strict=True)
        ]

    def probability(self, name: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return the calibrated probabilities of one classifier, shape (n_texts, n_labels)."""
        model: CalibratedModel = self.files.models[name]
        return probabilities(model.linear.decision(texts), model.slopes, model.offsets)

    def _rank(
        self, name: str, rows: Sequence[Sequence[Candidate]]
    ) -> list[list[tuple[Candidate, float]]]:
        flat = self.probability(name, [c.text for row in rows for c in row])[:, 0]
        values = iter(flat.tolist())
        return [[(candidate, next(values)) for candidate in row] for row in rows]

    def _detect(self, analyses: Sequence[Analysis]) -> None:
        texts = [describe_attributions(a.index, a.candidates) for a in analyses]
        first = iter(
            self.probability("statement", [t for own in texts for t in own])[:, 0].tolist()
        )
        again = [
            t
            for a, own in zip(analyses, texts, strict=True)
            for t in describe_again(a.index, a.candidates, own, [next(first) for _ in own])
        ]
        second = iter(self.probability("statement_context", again)[:, 0].tolist())
        threshold = self.files.thresholds["statement"]
        for analysis in analyses:
            found = analysis.candidates
            chosen = choose_attributions(found, [next(second) for _ in found], threshold)
            accept(analysis, [c for c, yes in zip(found, chosen, strict=True) if yes])

    def _voices(self, analyses: Sequence[Analysis]) -> list[list[Voice]]:
        rows = [country_rows(a) for a in analyses]
        first = iter(self._rank("country", [row for article in rows for row in article]))
        again = [
            with_context(a.index.article, a.attributions, a.links, [next(first) for _ in article])
            for a, article in zip(analyses, rows, strict=True)
        ]
        second = iter(self._rank("country_context", [row for article in again for row in article]))
        threshold = self.files.thresholds["country"]
        return [
            [
                Voice(attribution, link, *answer)
                for attribution, link in zip(a.attributions, a.links, strict=True)
                for answer in choose_countries(a.index, attribution, next(second), threshold)
            ]
            for a in analyses
        ]

    def _stances(self, analyses: Sequence[Analysis], voices: Sequence[Sequence[Voice]]) -> None:
        flat = [voice for spoken in voices for voice in spoken]
        for analysis, spoken in zip(analyses, voices, strict=True):
            index = analysis.index
            for voice in spoken:
                sentence = index.sentences[voice.attribution.sentence]
                voice.fields = role_fields(
                    index.article, sentence, voice.attribution, index.mentions, voice.country,
                    self.files.stems,
                )  # fmt: skip
                voice.role_text = role_text(voice.fields)
        first = self.probability("stance", [voice.role_text for voice in flat])
        scores = self.probability("stance_context", self._in_context(voices, first))
        stances = choose_stances(scores, self.labels, self.files.thresholds)
        for voice, row, stance in zip(flat, scores, stances, strict=True):
            voice.scores, voice.stance = row, stance

    def _in_context(
        self, voices: Sequence[Sequence[Voice]], first: NDArray[np.float64]
    ) -> list[str]:
        texts: list[str] = []
        for spoken in voices:
            own = first[len(texts) : len(texts) + len(spoken)]
            roles, countries = [v.role_text for v in spoken], [v.country for v in spoken]
            texts += add_stance_context(roles, countries, own, self.labels)
        return texts

    def _targets(self, analyses: Sequence[Analysis], voices: Sequence[Sequence[Voice]]) -> None:
        flat = [voice for spoken in voices for voice in spoken]
        rows = [
            target_candidates(a.index, voice.attribution, voice.country, voice.stance)
            for a, spoken in zip(analyses, voices, strict=True)
            for voice in spoken
        ]
        limits = self.files.thresholds
        for voice, ranked in zip(flat, self._rank("target", rows), strict=True):
            voice.target = combine_targets(
                {c.code: p for c, p in ranked}, limits["target"], limits["target_share"]
            )

    def _evidence(self, voice: Voice) -> Mapping[str, tuple[tuple[int, int, float], ...]]:
        """Return what the words weighed in the second pass; the context has no place."""
        model = self.files.models["stance_context"].linear
        return strongest_spans(model.contributions([*voice.fields, []]), self.labels)

    def _statement(self, index: ArticleMentions, voice: Voice, explain: bool) -> Statement:
        attribution = voice.attribution
        article, (start, end) = index.article, attribution.clause
        return Statement(
            text=article[start:end],
            start=start,
            end=end,
            kind=attribution.kind,
            speaker=article[slice(*attribution.source)] if attribution.source else None,
            speaker_name=speaker_name(article, index.mentions, attribution, voice.link),
            country=voice.country,
            target=voice.target,
            stance=voice.stance,
            scores=dict(zip(self.labels, map(float, voice.scores), strict=True)),
            country_score=voice.certainty,
            cue=article[slice(*attribution.cue)] if attribution.cue else None,
            country_reason=voice.reason or None,
            evidence=self._evidence(voice) if explain else None,
        )


_CLASSIFIERS = frozenset(
    {"statement", "statement_context", "country", "country_context", "target"}
    | {"stance", "stance_context"}
)


def load(folder: str | Path | None = None) -> Model:
    """Return a model ready to read articles: the one that ships, or the one in `folder`."""
    path = Path(folder) if folder is not None else default_model()
    files = read_model(path)
    if missing := _CLASSIFIERS - files.models.keys():
        raise ModelDamagedError(path, f"it has no classifier {', '.join(sorted(missing))}")
    return Model(files, Gazetteer.shipped())


def _as_date(date: str | dt.date | None) -> dt.date | None:
    if date is None or isinstance(date, dt.date):
        return date
    return dt.date.fromisoformat(date)
