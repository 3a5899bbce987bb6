"""Check the data in data/: schema, labels, offsets, splits, copies, leaks, agreement.

Prints one line a failure and exits with 1 if there is any. With --summary it prints the
counts, the agreement and the measured leaks instead.

Example: python -m scripts.check_data --summary
"""

import argparse
import sys
from pathlib import Path

from training.corpus import DATA
from training.guards import check_data, schema_failures
from training.summary import summarise


def main() -> int:
    """Parse the command line, check, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA, help="the folder to check")
    parser.add_argument(
        "--summary", action="store_true", help="print counts; check the schema only"
    )
    parser.add_argument("--sources", type=Path, help="folder of .txt files: find copied runs")
    options = parser.parse_args()
    try:
        if options.summary:
            failures = schema_failures(options.data)
            told = [] if failures else [summarise(options.data)]
        else:
            failures = check_data(options.data, options.sources)
            told = [] if failures else [f"{options.data.name}: no failures"]
    except OSError as error:
        print(f"check_data: {error}", file=sys.stderr)
        return 2
    print("\n".join(failures or told))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
