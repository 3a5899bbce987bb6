"""Write a model card from the manifest and the figures that were measured."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from training.evaluate import Figure
from training.report import Report

_NAMES = {
    "statement": "statement found (F1)",
    "country_end_to_end": "found and on the right country (F1)",
    "country_of_found": "country, of statements found",
    "target_of_found": "target, of statements found",
    "speaker_of_found": "speaker's words, of statements found",
    "unknown_country": "unknown countries left unknown (F1)",
    "who_took_which_stance": "who took which stance (F1)",
}


def summarise(report: Report) -> dict[str, Any]:
    """Return the figures of a report as plain numbers: [value, low, high]."""
    return {
        "documents": report.documents,
        "statements": report.statements,
        "end_to_end": _numbers(report.end_to_end),
        "stance_given": _numbers(report.stance_given),
        "baselines": {name: _numbers(figures) for name, figures in report.baselines.items()},
        "calibration_error": {k: round(v, 4) for k, v in report.calibration_error.items()},
    }


def _numbers(figures: Mapping[str, Figure]) -> dict[str, list[float]]:
    return {n: [round(f.value, 4), round(f.low, 4), round(f.high, 4)] for n, f in figures.items()}


def write_card(folder: Path, reports: Sequence[Report]) -> None:
    """Write README.md of a model folder."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    lines = _head(manifest)
    for report in reports:
        lines += ["", f"## {report.split.capitalize()} ({report.documents} documents)", ""]
        lines += _end_to_end(report)
        lines += ["", *_stance(report)]
        lines += ["", *_calibration(report)]
    (folder / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _head(manifest: Mapping[str, Any]) -> list[str]:
    trained = manifest["trained_on"]
    made = ", ".join(f"{name} {version}" for name, version in manifest["made_with"].items())
    return [
        "---",
        f"model: {manifest['name']}",
        f"version: {manifest['version']}",
        f"labels: [{', '.join(manifest['labels'])}]",
        f"trained_on: {{split: {trained['split']}, documents: {trained['documents']}, "
        f"statements: {trained['statements']}, sha256: {trained['sha256']}}}",
        f"made_with: {{{made}}}",
        "licence: CC0-1.0",
        "not_for: judging a person or a state without reading the text",
        "---",
        "",
        f"# {manifest['name']}",
        "",
        "Finds reported statements in English news on international affairs and tags each with",
        "the speaker's country, the target and the stance: condemnation, justification, call for",
        "dialogue.",
        "TF-IDF and linear models, fitted on articles that this project wrote (`data/README.md`).",
        "Written by `python -m scripts.train`; every figure is measured in that run. The model is",
        "fitted on the train split, dev is what choices are made on, test is read once a release.",
        "In brackets: 95 % intervals over documents.",
    ]


def _end_to_end(report: Report) -> list[str]:
    rows = ["From the text of the article alone:", "", "| figure | value |", "| --- | --- |"]
    for name, figure in report.end_to_end.items():
        rows.append(f"| {_NAMES.get(name, name)} | {figure} |")
    return rows


def _stance(report: Report) -> list[str]:
    names = list(report.stance_given)
    rows = ["Stance alone, statements and speakers given:", ""]
    rows += [f"| | {' | '.join(names)} |", f"| --- |{' --- |' * len(names)}"]
    rows.append(f"| **this model** | {' | '.join(str(report.stance_given[n]) for n in names)} |")
    for baseline, figures in report.baselines.items():
        rows.append(f"| {baseline} | {' | '.join(f'{figures[n].value:.3f}' for n in names)} |")
    return rows


def _calibration(report: Report) -> list[str]:
    rows = ["Calibration: of the statements given a probability, how many carry the label.", ""]
    rows += ["| label | expected calibration error | mean probability: share (count), by tenth |"]
    rows += ["| --- | --- | --- |"]
    for label, bins in report.reliability.items():
        tenths = ", ".join(f"{p:.2f}: {f:.2f} ({n})" for p, f, n in bins)
        rows.append(f"| {label} | {report.calibration_error[label]:.3f} | {tenths} |")
    return rows
