"""Print how far blind second readers agree with the first labels: Cohen's kappa.

Example: python -m scripts.agreement
"""

import argparse
import sys
from pathlib import Path

from training.corpus import DATA, read_documents
from training.second_labels import measure_agreement, read_second_labels
from training.summary import agreement_table


def main() -> int:
    """Parse the command line, measure, print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA, help="the folder to read")
    options = parser.parse_args()
    second = read_second_labels(options.data / "second_labels")
    print(agreement_table(measure_agreement(read_documents(options.data), second)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
