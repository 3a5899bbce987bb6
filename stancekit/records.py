"""The records that the stages pass on: frozen, with offsets into the article as given.

`start` and `end` always count characters of the article, `end` excluded, so that
`article[record.start:record.end] == record.text`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

STANCES = ("condemnation", "justification", "call_for_dialogue")

Span = tuple[int, int]
Kind = Literal["direct", "indirect", "mixed"]
SentenceKind = Literal["prose", "headline", "header", "boilerplate"]
MentionKind = Literal[
    "country", "demonym", "capital", "seat", "organ", "media", "group", "body", "person"
]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article.

    `paragraph` numbers the paragraphs from 0; `body` is where the sentence begins after
    a dateline ("SEOUL (AP) -"). `kind` tells prose from headlines, from the header lines
    of a press release and from what is not prose at all (bylines, share bars, credits).
    `quoted` are the spans inside quotation marks, marks excluded; `continues_quote` says
    that a quotation which began before the sentence still runs.
    """

    text: str
    start: int
    end: int
    paragraph: int
    body: int
    kind: SentenceKind = "prose"
    quoted: tuple[Span, ...] = ()
    continues_quote: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A country, body or person named in the article.

    `codes` holds the countries or bodies that it can stand for: one when it is clear,
    several when the document leaves it open, none when it is a person of unknown
    country. `name` is the full name of a person or the canonical name of a place.
    `reason` says what the code rests on ("capital of IRN", "in office 2020-09-16 to ...").
    """

    text: str
    start: int
    end: int
    kind: MentionKind
    codes: tuple[str, ...]
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source in one sentence, with what it is reported to have said.

    `sentence` is an index into the article's sentences. `source` and `cue` are spans
    of the article, None where the sentence names no source or has no reporting words.
    `apposition` is the description that stands beside the source ("a professor at ...").
    `clause` is the part of the sentence that belongs to this source. `form` says how the
    source is tied to the words: by a finite verb before or after it, by a noun, as a
    passive, as the running text of a quotation or communiqué.
    """

    sentence: int
    clause: Span
    form: str
    source: Span | None = None
    apposition: Span | None = None
    cue: Span | None = None
    cue_class: str = ""
    kind: Kind = "indirect"


@dataclass(frozen=True, slots=True)
class Statement:
    """A reported statement and its place in the article: what a user gets.

    `scores` gives a calibrated probability for each label, `country_score` one for the
    country. `evidence` is filled only on request: for each label the spans of the
    article that weighed most, with their contribution to the linear score.
    """

    text: str
    start: int
    end: int
    kind: Kind
    speaker: str | None
    speaker_name: str | None
    country: str | None
    target: str | None
    stance: tuple[str, ...]
    scores: Mapping[str, float]
    country_score: float
    cue: str | None
    country_reason: str | None = None
    evidence: Mapping[str, tuple[tuple[int, int, float], ...]] | None = None
