"""Build stancekit/lexicons/classes.tsv from the phrase book in data/phrases.

Example: python -m scripts.build_classes
"""

import sys
from pathlib import Path

from training.corpus import DATA
from training.phrases import write_classes


def main() -> int:
    """Write the lexicon and say how large it is."""
    lexicon = Path(__file__).parent.parent / "stancekit" / "lexicons" / "classes.tsv"
    print(f"{write_classes(DATA / 'phrases', lexicon)} phrases to {lexicon.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
