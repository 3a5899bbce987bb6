"""Renew the tables in the data card, data/README.md.

Example: python -m scripts.update_card
"""

import sys

from training.corpus import DATA
from training.summary import update_card


def main() -> int:
    """Count and write; say where."""
    update_card(DATA)
    print(f"tables renewed in {DATA.name}/README.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
