"""Turn drafts of labelled text into records of data/articles or data/statements.

Example: python -m scripts.add_drafts drafts/raid.txt --batch raids-01 --split train
"""

import argparse
import sys
from pathlib import Path

from training.corpus import DATA, SPLITS, write_jsonl
from training.drafts import DraftError, known_codes, read_article_drafts, read_statement_drafts


def main() -> int:
    """Parse the command line, convert, print what was written."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("draft", type=Path)
    parser.add_argument("--batch", required=True, help="name of the batch, and of the file written")
    parser.add_argument("--split", required=True, choices=SPLITS)
    parser.add_argument("--statements", action="store_true", help="single statements, no articles")
    options = parser.parse_args()
    read = read_statement_drafts if options.statements else read_article_drafts
    try:
        records = list(read(options.draft, known_codes()))
    except (DraftError, OSError) as error:
        print(f"add_drafts: {error}", file=sys.stderr)
        return 2
    for number, record in enumerate(records, 1):
        record["id"] = f"{options.batch}-{number:03d}"
        record["batch"] = options.batch
        record["split"] = options.split
    folder = DATA / ("statements" if options.statements else "articles")
    write_jsonl(folder / f"{options.batch}.jsonl", records)
    print(f"{len(records)} records to {folder.name}/{options.batch}.jsonl")
    return 0


if __name__ == "__main__":
    sys.exit(main())
