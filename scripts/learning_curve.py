"""Measure and draw how stance accuracy grows with data: docs/figures/learning-curve.svg.

Example: python -m scripts.learning_curve
"""

import sys
from pathlib import Path

from training.curve import draw_curve, learning_curve


def main() -> int:
    """Fit on growing shares of the data, print a table, draw it."""
    points = learning_curve()
    print("| documents | statements | macro-F1 on dev |\n| --- | --- | --- |")
    for point in points:
        print(f"| {point.documents} | {point.statements} | {point.macro_f1} |")
    draw_curve(points, Path(__file__).parent.parent / "docs" / "figures" / "learning-curve.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
