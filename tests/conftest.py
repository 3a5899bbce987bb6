"""What several test modules share."""

import json
import os
from pathlib import Path

import pytest

import stancekit

ROOT = Path(__file__).parent.parent
SENTENCE = "Nairobi condemned the raid and urged both armies to talk."


@pytest.fixture(scope="session")
def model() -> stancekit.Model:
    """Return the model that ships, or the one that STANCEKIT_MODEL names."""
    return stancekit.load(os.environ.get("STANCEKIT_MODEL"))


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of sample articles."""
    return ROOT / "data" / "samples"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """Return a file of one sentence."""
    file = tmp_path / "a.txt"
    file.write_text(SENTENCE)
    return file


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a file of forty records: several shards."""
    file = tmp_path / "corpus.jsonl"
    records = [{"id": n, "text": f"{SENTENCE} It gave {n} reasons."} for n in range(40)]
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    return file
