"""Compare our sentences with those of blingfire and nupunkt: speed, agreement, errors.

    python benchmarks/sentences.py data/articles/*.jsonl --disputes 20

Reads JSON lines with a "text" (and, where they are labelled, "sentences" with "start" and
"end") or plain text files. The peers get each line of an article by itself, as we split
paragraphs ourselves and they do not. nupunkt remembers texts that it has seen, so its first
pass counts: it is printed beside the median of the later ones. Needs
`pip install blingfire nupunkt`; a peer that is not installed is left out and named.
"""

import argparse
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from stancekit.sentences import split_sentences

Splitter = Callable[[str], set[int]]
Labelled = tuple[str, set[int] | None]


def main() -> None:
    """Parse the options, measure, print one JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--disputes", type=int, default=0, help="how many disputes to print")
    options = parser.parse_args()
    articles = [a for path in options.files for a in read_articles(path)]
    splitters, missing = available()
    for name in missing:
        print(f"not installed, left out: {name}", file=sys.stderr)
    speeds = measure(splitters, [text for text, _ in articles], options.runs)
    starts = {name: [split(text) for text, _ in articles] for name, split in splitters.items()}
    for name, found in starts.items():
        print(json.dumps({"splitter": name} | speeds[name] | errors(articles, found)))
    size = sum(len(text.encode()) for text, _ in articles)
    print(
        json.dumps(
            {"articles": len(articles), "bytes": size, "runs": options.runs, "cpu": cpu_name()}
        )
    )
    for line in disputes(articles, starts, options.disputes):
        print(line)


def read_articles(path: Path) -> Iterator[Labelled]:
    """Yield each text with the labelled starts of its sentences, None where there are none."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".jsonl":
        yield text, None
        return
    for line in text.splitlines():
        record = json.loads(line)
        labelled = record.get("sentences")
        yield record["text"], {s["start"] for s in labelled} if labelled else None


def available() -> tuple[dict[str, Splitter], list[str]]:
    """Return the splitters by name, and the names of those that are not installed."""
    found: dict[str, Splitter] = {
        "stancekit": lambda text: {s.start for s in split_sentences(text)}
    }
    missing = []
    try:
        import blingfire  # type: ignore[import-not-found]  # not a dependency: a peer

        def by_blingfire(line: str) -> list[int]:
            return [start for start, _ in blingfire.text_to_sentences_and_offsets(line)[1]]

        found["blingfire"] = lambda text: by_line(text, by_blingfire)
    except ImportError:
        missing.append("blingfire")
    try:
        import nupunkt  # type: ignore[import-not-found]  # not a dependency: a peer

        def by_nupunkt(line: str) -> list[int]:
            return [start for start, _ in nupunkt.sent_spans(line)]

        found["nupunkt"] = lambda text: by_line(text, by_nupunkt)
    except ImportError:
        missing.append("nupunkt")
    return found, missing


def by_line(text: str, split: Callable[[str], list[int]]) -> set[int]:
    """Split each line by itself; a start is moved past blanks."""
    starts = set()
    position = 0
    for line in text.splitlines(keepends=True):
        content = line.strip()
        if content:
            begin = position + line.index(content)
            for start in split(content):
                rest = content[start:]
                starts.add(begin + start + len(rest) - len(rest.lstrip()))
        position += len(line)
    return starts


def measure(
    splitters: dict[str, Splitter], texts: Sequence[str], runs: int
) -> dict[str, dict[str, float]]:
    """Return megabytes a CPU second: of the first pass, and the median of `runs` later ones."""
    size = sum(len(text.encode()) for text in texts)
    for split in splitters.values():
        split("A warm-up. It loads what is loaded late.")
    seconds: dict[str, list[float]] = {name: [] for name in splitters}
    for _ in range(runs + 1):
        for name, split in splitters.items():
            begin = time.process_time()
            for text in texts:
                split(text)
            seconds[name].append(time.process_time() - begin)
    return {
        name: {
            "first_pass_mb_per_cpu_second": round(size / taken[0] / 1e6, 2),
            "mb_per_cpu_second": round(size / statistics.median(taken[1:]) / 1e6, 2),
        }
        for name, taken in seconds.items()
    }


def errors(articles: Sequence[Labelled], found: Sequence[set[int]]) -> dict[str, int]:
    """Count false and missed starts where the sentences are labelled."""
    pairs = [(ours, gold) for (_, gold), ours in zip(articles, found, strict=True) if gold]
    return {
        "boundaries": sum(len(gold) for _, gold in pairs),
        "false": sum(len(ours - gold) for ours, gold in pairs),
        "missed": sum(len(gold - ours) for ours, gold in pairs),
    }


def disputes(
    articles: Sequence[Labelled], starts: dict[str, list[set[int]]], limit: int
) -> Iterator[str]:
    """Yield the places where the splitters (and labels) differ, with who splits there."""
    for number, (text, gold) in enumerate(articles):
        votes = {name: found[number] for name, found in starts.items()}
        if gold:
            votes["label"] = gold
        for place in sorted(set().union(*votes.values())):
            who = [name for name, found in votes.items() if place in found]
            if len(who) < len(votes) and limit > 0:
                limit -= 1
                around = f"{text[max(0, place - 50) : place]}|{text[place : place + 40]}"
                yield f"{'+'.join(who)}: {around!r}"


def cpu_name() -> str:
    """Return the processor's name as the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


if __name__ == "__main__":
    main()
