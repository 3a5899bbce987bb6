"""Write stancekit/lexicons/names.tsv and officeholders.tsv from a folder of facts.

Example: python -m scripts.build_lexicons --facts facts/
"""

import argparse
from pathlib import Path

from training.facts import SCHEMA_HOLDERS, SCHEMA_NAMES, build_names, build_terms, write_table

LEXICONS = Path(__file__).parent.parent / "stancekit" / "lexicons"


def main() -> None:
    """Build both tables and print their sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--facts", type=Path, required=True, help="countries.csv, officeholders.csv"
    )
    parser.add_argument("--output", type=Path, default=LEXICONS)
    options = parser.parse_args()
    names = build_names(options.facts / "countries.csv")
    terms = build_terms(options.facts / "officeholders.csv")
    write_table(options.output / "names.tsv", SCHEMA_NAMES, names)
    write_table(options.output / "officeholders.tsv", SCHEMA_HOLDERS, terms)
    for name, rows in (("names.tsv", len(names)), ("officeholders.tsv", len(terms))):
        size = (options.output / name).stat().st_size
        print(f"{name}: {rows} rows, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
