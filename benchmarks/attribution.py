"""Compare our attributions with those of PolNeAR articles, beside textacy's direct quotations.

    python -m benchmarks.attribution NEWS-ATTRIBUTIONS.jsonl [--model DIR] [--misses N]

The file holds one article a line: `text`, and `attributions`, each with the character spans
of `source`, `cue` and `content`. PolNeAR counts thoughts and plans too; recall is taken
over its attributions that name a source and whose cue holds a reporting verb. textacy runs
when it and the spaCy model en_core_web_sm can be imported (`pip install textacy`).
"""

import argparse
import importlib
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import stancekit

Span = tuple[int, int]
Found = tuple[Span, Span | None]  # the statement, and its speaker

# A choice: cues of speech; with any of these words a cue counts as reporting.
SPEECH = frozenset(
    """say says said saying tell tells told telling according add adds added adding announce
    announces announced announcing argue argues argued arguing assert asserts asserted asked ask
    asks asking accuse accuses accused accusing acknowledge acknowledges acknowledged admit admits
    admitted affirmed agreed answered blamed blames blaming call calls called calling caution
    cautioned charged cited cites claim claims claimed claiming commented complain complained
    complains conceded condemn condemned condemns condemning confirmed confirms contended
    criticized criticised criticizes criticizing declared declares declaring declined denied denies
    deny denying denounced denounces denouncing describe described describes describing dismissed
    dubbed echoed emphasized emphasizes explain explained explains explaining insist insisted
    insists insisting joked laments lamented maintained maintains mentioned noted notes noting
    objected observed pledge pledged pledges pledging pointed praise praised praises predicted
    proclaimed promise promised promises promising proposed protested quipped quoted read reads
    recalled recommended refused refuses reiterated rejected rejects remarked repeated replied
    reported reports reporting responded responds revealed slammed spoke stated states stating
    statement stress stressed stresses suggested suggests suggesting testified thanked threatened
    threatens touted tweeted tweets urge urged urges urging vowed vows warn warned warning warns
    welcomed welcomes wrote write writes writing""".split()
)


@dataclass(slots=True)
class Tally:
    """What one system found of one corpus."""

    name: str
    articles: int = 0
    errors: int = 0
    reported: int = 0
    content: int = 0
    source: int = 0
    found: int = 0
    right: int = 0
    seconds: float = 0.0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)


def is_speech(text: str, attribution: dict[str, Any]) -> bool:
    """Return whether an attribution names a source and has a reporting cue of speech."""
    words = {w.strip(".,:;—-") for a, b in attribution["cue"] for w in text[a:b].lower().split()}
    return bool(attribution["source"] and attribution["content"] and words & SPEECH)


def overlaps(span: Span, others: Sequence[Sequence[int]]) -> bool:
    """Return whether a span shares a character with any of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)


def with_antecedents(text: str, spans: Sequence[Sequence[int]]) -> list[Sequence[int]]:
    """Widen "who" and "which" by the word before them: we name what the pronoun stands for."""
    return [
        (max(0, start - 3), end) if text[start:end].lower() in {"who", "which"} else (start, end)
        for start, end in spans
    ]


def score(tally: Tally, text: str, gold: Sequence[dict[str, Any]], found: Sequence[Found]) -> None:
    """Add one article to a tally."""
    tally.articles += 1
    for attribution in gold:
        if not is_speech(text, attribution):
            continue
        tally.reported += 1
        hits = [f for f in found if overlaps(f[0], attribution["content"])]
        tally.content += bool(hits)
        sources = with_antecedents(text, attribution["source"])
        named = any(speaker and overlaps(speaker, sources) for _, speaker in hits)
        tally.source += named
        if not named:
            spans = (attribution["source"], attribution["cue"], attribution["content"])
            words = [" … ".join(text[a:b] for a, b in span) for span in spans]
            tally.missed.append(("no speaker: " if hits else "nothing: ") + " | ".join(words))
    for statement, speaker in found:
        tally.found += 1
        everything = [[s for part in ("source", "cue", "content") for s in a[part]] for a in gold]
        if any(overlaps(statement, spans) for spans in everything):
            tally.right += 1
        else:
            tally.false.append(
                f"{text[slice(*speaker)] if speaker else None} | {text[slice(*statement)]}"
            )


def ours(model: stancekit.Model) -> Callable[[str], list[Found]]:
    """Return a function that finds our statements and where their speakers stand."""

    def find(text: str) -> list[Found]:
        found: list[Found] = []
        for statement in model.predict(text):
            speaker = None
            if statement.speaker:
                words = re.compile(rf"(?<!\w){re.escape(statement.speaker)}(?!\w)")
                inside = [m.span() for m in words.finditer(text, statement.start, statement.end)]
                cue = text.find(statement.cue or "", statement.start)
                speaker = min(inside, key=lambda s: abs(s[0] - cue), default=None)
            found.append(((statement.start, statement.end), speaker))
        return found

    return find


def textacy_quotations() -> Callable[[str], list[Found]] | None:
    """Return a function that runs textacy's direct_quotations, or None without textacy."""
    try:
        language = importlib.import_module("spacy").load("en_core_web_sm")
        direct_quotations = importlib.import_module("textacy.extract").direct_quotations
    except (ImportError, OSError):
        return None

    def find(text: str) -> list[Found]:
        found: list[Found] = []
        for quotation in direct_quotations(language(text)):
            speaker = quotation.speaker
            start = speaker[0].idx
            span = (start, speaker[-1].idx + len(speaker[-1]))
            content = quotation.content
            found.append(((content.start_char, content.end_char), span))
        return found

    return find


def run(name: str, find: Callable[[str], list[Found]], records: Sequence[dict[str, Any]]) -> Tally:
    """Return what a system found; an article on which it raises counts as one without finds."""
    tally = Tally(name)
    for record in records:
        begin = time.perf_counter()
        try:
            found = find(record["text"])
        except Exception as error:  # a peer that raises is a result here
            tally.errors += 1
            tally.missed.append(f"error: {error!r}")
            found = []
        tally.seconds += time.perf_counter() - begin
        score(tally, record["text"], record["attributions"], found)
    return tally


def table(tallies: Sequence[Tally]) -> str:
    """Return the results as a table in Markdown."""
    lines = [
        "| system | articles | raised | content | source | right | seconds |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for t in tallies:
        content, source = t.content / max(1, t.reported), t.source / max(1, t.reported)
        right = t.right / max(1, t.found)
        lines.append(
            f"| {t.name} | {t.articles} | {t.errors} | {content:.3f} of {t.reported} "
            f"| {source:.3f} | {right:.3f} of {t.found} | {t.seconds:.1f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the table, and on request what was missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("path", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    lines = options.path.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines if line]
    tallies = [run("stancekit", ours(stancekit.load(options.model)), records)]
    peer = textacy_quotations()
    if peer is not None:
        tallies.append(run("textacy", peer, records))
    print(table(tallies))
    for name in ("missed", "false"):
        for line in getattr(tallies[0], name)[: options.misses]:
            print(f"{name}: {line}")


if __name__ == "__main__":
    main()
