"""Draw how accuracy grows with the number of training documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stancekit.gazetteer import Gazetteer
from stancekit.records import STANCES
from stancekit.scorer import probabilities
from training.corpus import read_documents
from training.evaluate import Figure, stance_figures
from training.fit import SETTINGS, decision, fit, indicator
from training.rows import AllRows, Rows, analyse, build_rows
from training.stems import make_stems
from training.thresholds import best_f1_threshold, out_of_fold_probability

SHARES = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the curve: how much was trained on, and macro-F1 on the dev split."""

    documents: int
    statements: int
    macro_f1: Figure


def learning_curve(shares: Sequence[float] = SHARES) -> list[Point]:
    """Fit the first stance classifier on growing shares of the training documents.

    Statements and speakers are given; the order in which documents join is drawn once.
    """
    train, dev = read_documents(splits=["train"]), read_documents(splits=["dev"])
    gazetteer, stems = Gazetteer.shipped(), make_stems(d.text for d in train)
    rows = build_rows(train, analyse(train, gazetteer), stems)
    held = build_rows(dev, analyse(dev, gazetteer), stems)
    order = np.random.default_rng(0).permutation(len(train))
    points = []
    for share in shares:
        chosen = frozenset(order[: round(share * len(train))].tolist())
        points.append(_point(rows, held, chosen))
    return points


def _point(rows: AllRows, held: AllRows, chosen: frozenset[int]) -> Point:
    kept = [n for n, group in enumerate(rows.stance.groups) if group in chosen]
    part = Rows(
        [rows.stance.texts[n] for n in kept],
        [rows.stance.labels[n] for n in kept],
        [rows.stance.groups[n] for n in kept],
    )
    fitted = fit(part, STANCES, SETTINGS["stance"])
    own = out_of_fold_probability(fitted)
    limits = [best_f1_threshold(own[:, k], fitted.truth[:, k]) for k in range(len(STANCES))]
    scores = decision(fitted.pipeline, held.stance.texts)
    found = probabilities(scores, fitted.slopes, fitted.offsets) >= np.array(limits)
    truth = indicator(held.stance.labels, STANCES)
    figure = stance_figures(found, truth, held.stance.groups)["macro_f1"]
    return Point(len(chosen), len(kept), figure)


def draw_curve(points: Sequence[Point], path: Path) -> None:
    """Write the curve as an SVG picture."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams["svg.hashsalt"] = "stancekit"
    figure, axes = pyplot.subplots(figsize=(6, 4))
    x = [p.statements for p in points]
    y = [p.macro_f1.value for p in points]
    errors = [
        [p.macro_f1.value - p.macro_f1.low for p in points],
        [p.macro_f1.high - p.macro_f1.value for p in points],
    ]
    axes.errorbar(x, y, yerr=errors, marker="o", capsize=3)
    axes.set_xscale("log", base=2)
    axes.set_xticks(x, [str(value) for value in x])
    axes.set_xlabel("labelled statements trained on")
    axes.set_ylabel("stance macro-F1 on dev, statements given")
    axes.grid(alpha=0.3)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
