"""Score a model on documents that it has not seen.

Example: python -m scripts.evaluate --split dev
"""

import argparse
import sys
from pathlib import Path

from stancekit import StancekitError, load
from training.corpus import SPLITS, read_documents
from training.report import make_report, report_lines
from training.source_articles import read_source_articles


def main() -> int:
    """Parse the command line, score, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--split", choices=SPLITS, default="dev")
    parser.add_argument(
        "--model", type=Path, help="folder of a model; the default one if not given"
    )
    parser.add_argument(
        "--articles", type=Path, help="score the two source articles in this folder"
    )
    options = parser.parse_args()
    try:
        model = load(options.model)
        documents = (
            read_source_articles(options.articles)
            if options.articles
            else read_documents(splits=[options.split])
        )
    except (StancekitError, OSError, ValueError) as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 2
    name = "source articles" if options.articles else options.split
    print("\n".join(report_lines(make_report(model, documents, name))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
