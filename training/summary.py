"""Count what the data holds, as Markdown tables for the data card."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from stancekit.records import STANCES
from training.copies import corpus_lines, distinct_shares
from training.corpus import SPLITS, Document, read_documents, read_jsonl
from training.leaks import is_state, measure_leaks
from training.phrases import read_phrases
from training.second_labels import Kappas, measure_agreement, read_second_labels

COMMON = 20
"""Rows of the tables that would be long; the rest is counted."""
LENGTHS = (5, 10, 15, 20, 25, 30, 40)
"""Upper ends, in words, of the classes of sentence length."""

CARD_BEGINS, CARD_ENDS = "<!-- tables -->", "<!-- end of tables -->"
NOT_IN_CARD = frozenset(("Kinds of event in articles", "Kinds of event in statements"))

Row = Sequence[object]


def summarise(data: Path) -> str:
    """Return the counts, the agreement and the measured leaks of a data folder."""
    return _sections(count_data(data))


def update_card(data: Path) -> None:
    """Put the tables of the data card, data/README.md, in between its two marks.

    Raises
    ------
    ValueError
        If the card lacks the marks.
    """
    card = data / "README.md"
    text = card.read_text(encoding="utf-8")
    before, opened, rest = text.partition(CARD_BEGINS)
    _, closed, after = rest.partition(CARD_ENDS)
    if not opened or not closed:
        raise ValueError(f"{card}: expected {CARD_BEGINS!r} and {CARD_ENDS!r}")
    tables = {title: table for title, table in count_data(data).items() if title not in NOT_IN_CARD}
    inside = _sections(tables).replace("## ", "### ")
    card.write_text(f"{before}{opened}\n\n{inside}\n\n{closed}{after}", encoding="utf-8")


def count_data(data: Path) -> dict[str, str]:
    """Return the tables of the summary, by title."""
    documents = read_documents(data)
    records = [r for path in sorted((data / "articles").glob("*.jsonl")) for r in read_jsonl(path)]
    singles = [
        r for path in sorted((data / "statements").glob("*.jsonl")) for r in read_jsonl(path)
    ]
    second = read_second_labels(data / "second_labels")
    return {
        "Size": size_table(documents),
        "Stances of the statements": stance_table(documents),
        "Speakers": country_table(documents),
        "Registers": count_table("register", (r["register"] for r in [*records, *singles])),
        "Kinds of event in articles": count_table("event", (r["event"] for r in records)),
        "Kinds of event in statements": count_table("event", (r["topic"] for r in singles)),
        "Words a sentence": length_table(documents),
        "Outlets whose reports are restated": count_table("outlet", outlets(records)),
        "Years of the articles": count_table("year", (r["date"][:4] for r in records), all_=True),
        "Phrases": phrase_table(data / "phrases"),
        "Read twice": second_table(documents, second),
        "Agreement": agreement_table(measure_agreement(documents, second)),
        "Traces of the stance": leak_table(documents),
    }


def size_table(documents: Iterable[Document]) -> str:
    """Return documents, sentences and statements a part and split."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for document in documents:
        own = [
            1,
            len(document.sentences),
            sum(not sentence.statements for sentence in document.sentences),
            sum(len(sentence.statements) for sentence in document.sentences),
        ]
        for key in ((document.part, document.split), (document.part, "all"), ("all", "all")):
            counts[key] = [a + b for a, b in zip(counts[key], own, strict=True)]
    order = [*SPLITS, "all"]
    rows = sorted(counts, key=lambda key: (key[0] == "all", key[0], order.index(key[1])))
    head = ("part", "split", "documents", "sentences", "narration", "statements")
    return _table(head, ((*key, *counts[key]) for key in rows))


def stance_table(documents: Iterable[Document]) -> str:
    """Return how many statements of a part carry each stance, none, or several."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for statement in (s for sentence in document.sentences for s in sentence.statements):
            several = ["several"] if len(statement.stance) > 1 else []
            for part in (document.part, "all"):
                counts[part].update(["statements", *(statement.stance or ["none"]), *several])
    columns = (*STANCES, "none", "several")
    rows = [
        (part, own["statements"], *(_share(own[c], own["statements"]) for c in columns))
        for part, own in sorted(counts.items(), key=lambda item: (item[0] == "all", item[0]))
    ]
    return _table(("part", "statements", *columns), rows)


def country_table(documents: Iterable[Document]) -> str:
    """Return the commonest speakers with their stances, and how many there are in all."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for statement in (s for sentence in document.sentences for s in sentence.statements):
            for country in (statement.country or "unknown").split("+"):
                counts[country].update(["statements", *(statement.stance or ["none"])])
    columns = (*STANCES, "none")
    common = sorted(counts, key=lambda c: (-counts[c]["statements"], c))[:COMMON]
    rows = [
        (
            country,
            counts[country]["statements"],
            *(_share(counts[country][c], counts[country]["statements"]) for c in columns),
        )
        for country in common
    ]
    known = counts.keys() - {"unknown"}
    states = sum(map(is_state, known))
    told = f"{states} states and territories, {len(known) - states} bodies speak."
    return f"{told}\n\n{_table(('speaker', 'statements', *columns), rows)}"


def length_table(documents: Iterable[Document]) -> str:
    """Return how many sentences have up to so many words."""
    counts: Counter[str] = Counter()
    for line in corpus_lines(documents):
        size = len(line.words)
        counts[next((f"up to {end:d}" for end in LENGTHS if size <= end), "more")] += 1
    order = [*(f"up to {end:d}" for end in LENGTHS), "more"]
    rows = ((size, _share(counts[size], counts.total())) for size in order)
    return _table(("words", "sentences"), rows)


def count_table(name: str, values: Iterable[str], *, all_: bool = False) -> str:
    """Return how often each value occurs: the commonest, or all in order."""
    counts = Counter(values)
    rows = sorted(counts.items()) if all_ else counts.most_common(COMMON)
    rest = f"\n\n{len(counts)} in all." if len(counts) > len(rows) else ""
    return _table((name, "records"), rows) + rest


def phrase_table(folder: Path) -> str:
    """Return the phrases a label: members, near misses and groups."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    groups: dict[str, set[str]] = defaultdict(set)
    own: dict[str, str] = {}
    rows = read_phrases(folder)
    for _, label, group, polarity in rows:
        if polarity == "member":
            own.setdefault(group, label)
    for _, label, group, polarity in rows:
        for key in (own.get(group, label), "all"):
            counts[key][polarity] += 1
            groups[key].add(group)
    lines = [
        (label, len(groups[label]), counts[label]["member"], counts[label]["near_miss"])
        for label in sorted(counts, key=lambda label: (label == "all", label))
    ]
    return _table(("label of the group", "groups", "members", "near misses"), lines)


def second_table(
    documents: Sequence[Document], second: Mapping[str, Sequence[Mapping[str, Any]]]
) -> str:
    """Return which share of each part's documents a second reader labelled blind."""
    read_twice = {record["id"] for records in second.values() for record in records}
    totals = Counter(document.part for document in documents)
    twice = Counter(document.part for document in documents if document.id in read_twice)
    rows = [(part, totals[part], _share(twice[part], totals[part])) for part in sorted(totals)]
    return _table(("part", "documents", "read twice"), rows)


def agreement_table(kappas: Mapping[str, Kappas]) -> str:
    """Return Cohen's kappa a file and question, with the items compared."""
    questions = list(dict.fromkeys(question for own in kappas.values() for question in own))
    rows = [
        (part, *(f"{own[q][0]:.3f} ({own[q][1]})" if q in own else "-" for q in questions))
        for part, own in kappas.items()
    ]
    return _table(("kappa (items)", *questions), rows)


def leak_table(documents: Sequence[Document]) -> str:
    """Return the measured traces of the stance beside chance, and the most repetitive batch."""
    parts = {part: [d for d in documents if d.part == part] for part in _parts(documents)}
    rows: list[tuple[str, ...]] = [
        (leak.name, part, *(f"{x:.3f}" for x in (leak.measured, leak.by_chance, leak.margin)))
        for part, own in {**parts, "all": documents}.items()
        for leak in measure_leaks(own)
    ]
    rows.sort(key=lambda row: row[0])
    shares = distinct_shares(corpus_lines(documents))
    least = min(shares, key=lambda batch: shares[batch])
    told = f"Fewest distinct runs of three words in a batch: {shares[least]:.2f} ({least})."
    head = ("trace", "part", "measured", "by chance", "margin (for all)")
    return f"{_table(head, rows)}\n\n{told}"


def _parts(documents: Iterable[Document]) -> list[str]:
    return sorted({document.part for document in documents})


def outlets(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the hosts of the pages that records restate, "www." left out."""
    for record in records:
        if host := urlsplit(record["source_url"]).hostname:
            yield host.removeprefix("www.")


def _share(count: int, total: int) -> str:
    return f"{count} ({100 * count / total:.0f} %)"


def _sections(tables: Mapping[str, str]) -> str:
    return "\n\n".join(f"## {title}\n\n{table}" for title, table in tables.items())


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
