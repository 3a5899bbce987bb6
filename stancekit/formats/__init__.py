"""Articles in, statements out: text, JSON lines and CSV in; tables, JSON lines and CSV out."""

from stancekit.formats.document import ColumnNames, Document, parse_date
from stancekit.formats.output import Format, Writer, check_output, choose_format, open_writer
from stancekit.formats.reading import find_files, holds_many, read_documents

__all__ = [
    "ColumnNames",
    "Document",
    "Format",
    "Writer",
    "check_output",
    "choose_format",
    "find_files",
    "holds_many",
    "open_writer",
    "parse_date",
    "read_documents",
]
