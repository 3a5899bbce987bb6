import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from training.corpus import DATA

Record = dict[str, Any]


@pytest.fixture
def article() -> Record:
    """One article of two paragraphs: a statement, narration, a statement."""
    sentences = (
        "Quito's envoy called the seizure of the two tugs an act of plain theft.",
        "The tugs had been moored off the island since the storm in March.",
        "Lima replied that its coast guard had only enforced a court order.",
    )
    text = f"{sentences[0]} {sentences[1]}\n\n{sentences[2]}"
    starts = [text.index(sentence) for sentence in sentences]
    labels: list[list[Record]] = [
        [
            {
                "speaker": "Quito's envoy",
                "country": "ECU",
                "target": "PER",
                "stance": ["condemnation"],
            }
        ],
        [],
        [{"speaker": "Lima", "country": "PER", "target": "PER", "stance": ["justification"]}],
    ]
    return {
        "id": "tugs-01-001",
        "date": "2019-05-12",
        "register": "wire",
        "event": "seized ships",
        "topic": "two tugs 2019",
        "source_url": "invented",
        "text": text,
        "sentences": [
            {"start": start, "end": start + len(sentence), "statements": own}
            for start, sentence, own in zip(starts, sentences, labels, strict=True)
        ],
        "batch": "tugs-01",
        "split": "train",
    }


@pytest.fixture
def statement() -> Record:
    return {
        "id": "single-01-001",
        "text": "Tallinn deplores the closing of the bridge to its lorries",
        "speaker": "Tallinn",
        "country": "EST",
        "target": None,
        "stance": ["condemnation"],
        "topic": "border fences",
        "register": "headline",
        "batch": "single-01",
        "split": "train",
    }


@pytest.fixture
def write_data(tmp_path: Path) -> Callable[..., Path]:
    """Write records as a data folder, a file a batch, beside the real schemas."""

    def write(**kinds: list[Record]) -> Path:
        for schema in DATA.glob("*.schema.json"):
            shutil.copy(schema, tmp_path)
        for kind in ("articles", "statements", "second_labels", "phrases"):
            (tmp_path / kind).mkdir(exist_ok=True)
            for record in kinds.get(kind, []):
                with (tmp_path / kind / f"{record['batch']}.jsonl").open(
                    "a", encoding="utf-8"
                ) as f:
                    f.write(json.dumps(record, ensure_ascii=False) + "\n")
        return tmp_path

    return write
