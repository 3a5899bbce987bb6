"""Train the default model from data/ and write its folder.

Example: python -m scripts.train
"""

import argparse
import sys
from pathlib import Path

from training.release import train_default

DEFAULT = Path(__file__).parent.parent / "models" / "en-diplomacy"


def main() -> int:
    """Parse the command line, fit, write, score, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=DEFAULT, help="folder of the model")
    parser.add_argument(
        "--articles", type=Path, help="folder of the source articles: train on them too"
    )
    parser.add_argument(
        "--no-scores", action="store_true", help="skip the scores and the model card"
    )
    options = parser.parse_args()
    try:
        for line in train_default(
            options.output, options.articles, with_scores=not options.no_scores
        ):
            print(line, flush=True)
    except (OSError, ValueError) as error:
        print(f"train: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
