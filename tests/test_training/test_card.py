import json
from pathlib import Path
from typing import Any

import pytest

from training.card import summarise, write_card
from training.evaluate import Figure
from training.report import Report


@pytest.fixture
def report() -> Report:
    given = {"condemnation": Figure(0.7, 0.6, 0.8), "macro_f1": Figure(0.65, 0.55, 0.75)}
    return Report(
        "dev",
        92,
        828,
        end_to_end={"statement": Figure(0.91234, 0.9, 0.92), "new_figure": Figure(0.5, 0.4, 0.6)},
        stance_given=given,
        baselines={"keywords": {name: Figure(0.1, 0.0, 0.2) for name in given}},
        calibration_error={"condemnation": 0.01234},
        reliability={"condemnation": [(0.05, 0.04, 700), (0.95, 0.9, 128)]},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    manifest: dict[str, Any] = {
        "name": "en-small",
        "version": "0.1.0",
        "labels": ["condemnation", "justification"],
        "trained_on": {"split": "train", "documents": 3, "statements": 9, "sha256": "ab12"},
        "made_with": {"scikit-learn": "1.8.0"},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    return tmp_path


def card(folder: Path, *reports: Report) -> str:
    write_card(folder, reports)
    return (folder / "README.md").read_text(encoding="utf-8")


def test_the_head_of_a_card_is_of_the_manifest(folder: Path) -> None:
    head = card(folder).split("---")[1].strip().splitlines()

    assert head[:3] == [
        "model: en-small",
        "version: 0.1.0",
        "labels: [condemnation, justification]",
    ]
    assert "trained_on: {split: train, documents: 3, statements: 9, sha256: ab12}" in head
    assert "licence: CC0-1.0" in head


def test_every_figure_stands_with_its_interval(folder: Path, report: Report) -> None:
    text = card(folder, report)

    assert "## Dev (92 documents)" in text
    assert "| statement found (F1) | 0.912 [0.900, 0.920] |" in text
    assert "| **this model** | 0.700 [0.600, 0.800] | 0.650 [0.550, 0.750] |" in text


def test_a_figure_without_a_name_is_not_lost(folder: Path, report: Report) -> None:
    assert "| new_figure | 0.500 [0.400, 0.600] |" in card(folder, report)


def test_baselines_and_calibration_stand_beside_the_scores(folder: Path, report: Report) -> None:
    text = card(folder, report)

    assert "| keywords | 0.100 | 0.100 |" in text
    assert "| condemnation | 0.012 | 0.05: 0.04 (700), 0.95: 0.90 (128) |" in text


def test_each_split_has_its_section(folder: Path, report: Report) -> None:
    other = Report("test", 5, 50)

    text = card(folder, report, other)

    assert text.index("## Dev (92 documents)") < text.index("## Test (5 documents)")
    assert "## " not in card(folder)


def test_a_summary_is_plain_numbers_for_the_manifest(report: Report) -> None:
    found = summarise(report)

    assert json.loads(json.dumps(found)) == found
    assert found["end_to_end"]["statement"] == [0.9123, 0.9, 0.92]
    assert found["baselines"]["keywords"]["macro_f1"] == [0.1, 0.0, 0.2]
    assert found["calibration_error"] == {"condemnation": 0.0123}
    assert (found["documents"], found["statements"]) == (92, 828)
