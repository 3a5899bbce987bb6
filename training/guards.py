"""Check the data: schema, ids, offsets, labels, splits, phrases and second labels.

Each check yields one message a failure: where, and what is wrong. Copies and leaks are
looked for in `training.copies` and `training.leaks`.
"""

import csv
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from training.copies import (
    corpus_lines,
    find_copied,
    find_duplicates,
    find_templates,
    read_sources,
)
from training.corpus import read_documents
from training.drafts import known_codes
from training.leaks import measure_leaks
from training.second_labels import (
    KAPPA_FLOORS,
    join_second_labels,
    measure_agreement,
    read_second_labels,
)

SAME_TOPIC = 0.75
"""Share of words from which two names of topics mean the same; a choice, from reading pairs."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Files:
    """The records of one kind, by file, and what kept lines from being read as such."""

    records: Mapping[str, Sequence[Record]]
    failures: Sequence[str]

    def all(self) -> Iterator[Record]:
        """Yield the records of every file."""
        for records in self.records.values():
            yield from records


def check_data(data: Path, sources: Path | None = None) -> list[str]:
    """Return one message for each failure in a data folder, none when all is well.

    Parameters
    ----------
    data : Path
        A folder such as data/, with the schemas and the folders they describe.
    sources : Path, optional
        A folder of texts of which no eight words in a row may stand in the corpus.
    """
    articles, statements, second = read_all(data)
    apart = read_files(data / "source_articles", data / "source_articles.schema.json")
    failures = [*articles.failures, *statements.failures, *second.failures, *apart.failures]
    phrases = list(check_phrases(data / "phrases", data / "phrases.schema.json"))
    if failures:
        unchecked = "labels, offsets, splits, copies and leaks are unchecked until all lines parse"
        return [*failures, *phrases, unchecked]
    if not articles.records:
        return [*phrases, f"{data}: no articles/*.jsonl"]
    codes = known_codes()
    for files in (articles, second):
        for article in files.all():
            failures += check_article(article, codes)
    for statement in statements.all():
        failures += check_label(statement["id"], statement["text"], statement, codes)
    for record in apart.all():
        failures += check_stand_off(record, codes)
    failures += check_ids(articles, statements)
    failures += check_splits(articles.all())
    return [*failures, *phrases, *check_corpus(data, sources)]


def schema_failures(data: Path) -> list[str]:
    """Return one message for each line of a data folder that does not fit its schema."""
    return [failure for files in read_all(data) for failure in files.failures]


def read_all(data: Path) -> tuple[Files, Files, Files]:
    """Return the articles, the statements and the second labels of a data folder."""
    schema = data / "articles.schema.json"
    return (
        read_files(data / "articles", schema),
        read_files(data / "statements", data / "statements.schema.json"),
        read_files(data / "second_labels", schema),
    )


def check_corpus(data: Path, sources: Path | None) -> list[str]:
    """Check what shows only in the corpus as a whole; its records must parse."""
    documents = read_documents(data)
    second = read_second_labels(data / "second_labels")
    lines = corpus_lines(documents)
    failures = find_duplicates(lines) + find_templates(lines)
    if sources is not None:
        failures += find_copied(lines, read_sources(sources))
    failures += [str(leak) for leak in measure_leaks(documents) if not leak.is_within_margin]
    for part, records in second.items():
        strays = join_second_labels(documents, records)[1]
        failures += [f"second_labels/{part}: {i} is not the article of that id" for i in strays]
    kappas = measure_agreement(documents, second).get("all", {})
    for question, floor in KAPPA_FLOORS.items():
        kappa, items = kappas.get(question, (floor, 0))
        if kappa < floor:
            failures.append(
                f"second labels: kappa {kappa:.3f} for {question} ({items} items), "
                f"expected {floor:.2f} or more"
            )
    return failures


def read_files(folder: Path, schema: Path) -> Files:
    """Read the JSON lines of a folder, each checked against a schema."""
    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    records: dict[str, list[Record]] = {}
    failures = []
    for path in sorted(folder.glob("*.jsonl")):
        records[path.stem] = []
        for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
            if not line.strip():
                continue
            place = f"{folder.name}/{path.name}:{number}"
            try:
                record = json.loads(line.decode("utf-8"))
            except ValueError as error:
                failures.append(f"{place}: no JSON in UTF-8 ({error})")
                continue
            wrong = [_describe(error) for error in validator.iter_errors(record)]
            failures += [f"{place}: {what}" for what in wrong]
            records[path.stem].append(record)
    return Files(records, failures)


def check_article(article: Record, codes: frozenset[str]) -> Iterator[str]:
    """Check the date, the offsets and the labels of an article."""
    identity, text, end = article["id"], article["text"], 0
    try:
        if article["date"]:
            dt.date.fromisoformat(article["date"])
    except ValueError:
        yield f"{identity}: no such date as {article['date']}"
    for number, sentence in enumerate(article["sentences"], 1):
        place = f"{identity} sentence {number}"
        own = text[sentence["start"] : sentence["end"]]
        if not end <= sentence["start"] < sentence["end"] <= len(text):
            yield f"{place}: {sentence['start']} to {sentence['end']} is empty or out of order"
        elif text[end : sentence["start"]].strip():
            yield f"{place}: text before it belongs to no sentence"
        elif own != own.strip():
            yield f"{place}: begins or ends with a blank"
        end = max(end, sentence["end"])
        for statement in sentence["statements"]:
            yield from check_label(place, own, statement, codes)
    if text[end:].strip():
        yield f"{identity}: text after the last sentence belongs to none"


def check_label(place: str, sentence: str, label: Record, codes: frozenset[str]) -> Iterator[str]:
    """Check that the speaker stands in the sentence and that the codes are known."""
    if label["speaker"] is not None and label["speaker"] not in sentence:
        yield f"{place}: speaker {label['speaker']!r} does not stand in the sentence"
    yield from check_codes(place, label, codes)


def check_codes(place: str, label: Record, codes: frozenset[str]) -> Iterator[str]:
    """Check that the codes of a label are known and in order."""
    for column in ("country", "target"):
        parts = [] if label[column] is None else label[column].split("+")
        for part in parts:
            if part not in codes:
                yield f"{place}: {column} {part!r} is no code of the codebook"
        if parts != sorted(set(parts)):
            yield f"{place}: {column} {label[column]!r} is not in alphabetical order"


def check_stand_off(record: Record, codes: frozenset[str]) -> Iterator[str]:
    """Check the order of offsets and the codes of labels whose text lies elsewhere."""
    end = 0
    for number, sentence in enumerate(record["sentences"], 1):
        place = f"source_articles {record['id']} sentence {number}"
        if not end <= sentence["start"] < sentence["end"]:
            yield f"{place}: {sentence['start']} to {sentence['end']} is empty or out of order"
        end = max(end, sentence["end"])
        for statement in sentence["statements"]:
            start, stop = statement["speaker"] or (sentence["start"], sentence["end"])
            if not sentence["start"] <= start < stop <= sentence["end"]:
                yield f"{place}: speaker {start} to {stop} does not lie in the sentence"
            yield from check_codes(place, statement, codes)


def check_ids(*kinds: Files) -> Iterator[str]:
    """Check that ids are unique and that records lie in the file of their batch."""
    seen: set[str] = set()
    for files in kinds:
        for name, records in files.records.items():
            for record in records:
                identity = record["id"]
                if identity in seen:
                    yield f"{identity}: the id is used twice"
                if record["batch"] != name or identity.rpartition("-")[0] != name:
                    yield f"{identity}: lies in {name}.jsonl, of another batch"
                seen.add(identity)


def check_splits(articles: Iterable[Record]) -> Iterator[str]:
    """Check that no topic, source page or batch of one split stands in another."""
    places: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article in articles:
        things = {"topic": article["topic"], "batch": article["batch"]}
        if article["source_url"] != "invented":
            things["source page"] = article["source_url"].partition("://")[2].rstrip("/")
        for thing in things.items():
            places[thing][article["split"]].append(article["id"])
    for (kind, name), splits in places.items():
        if len(splits) > 1:
            where = "; ".join(f"{split}: {', '.join(ids)}" for split, ids in sorted(splits.items()))
            yield f"{kind} {name!r} stands in several splits ({where})"
    topics = [(name, set(where)) for (kind, name), where in places.items() if kind == "topic"]
    for (one, own), (two, others) in combinations(topics, 2):
        if own ^ others and _is_same_topic(one, two):
            told = f"{', '.join(sorted(own))} and {', '.join(sorted(others))}"
            yield f"topic {one!r} is close to {two!r}, in {told}"


def check_phrases(folder: Path, schema: Path) -> Iterator[str]:
    """Check the columns and words of the phrase book; a phrase stands once in a group."""
    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    for path in sorted(folder.glob("*.tsv")):
        seen: set[str] = set()
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            for number, row in enumerate(rows, 2):
                place = f"phrases/{path.name}:{number}"
                if None in row:  # where csv puts what stands beyond the header
                    yield f"{place}: expected {len(row) - 1} columns"
                    continue
                wrong = [_describe(error) for error in validator.iter_errors(row)]
                if wrong:
                    yield f"{place}: {wrong[0]}"
                    continue
                if row["group"] != path.stem:
                    yield f"{place}: group {row['group']!r} in the file of {path.stem!r}"
                if row["phrase"] != row["phrase"].lower():
                    yield f"{place}: {row['phrase']!r} is not in lower case"
                if row["phrase"] in seen:
                    yield f"{place}: {row['phrase']!r} stands twice in the group"
                seen.add(row["phrase"])


def _is_same_topic(one: str, two: str) -> bool:
    """Say whether topics share most words: "2014 Gaza war" is "Gaza war 2014"."""
    a, b = set(one.lower().split()), set(two.lower().split())
    return len(a & b) >= SAME_TOPIC * len(a | b)


def _describe(error: Any) -> str:
    where = "/".join(map(str, error.absolute_path))
    message = error.message if len(error.message) < 160 else f"{error.message[:157]}..."
    return f"{where}: {message}" if where else message
