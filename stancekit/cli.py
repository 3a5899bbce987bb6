"""The `stancekit` command: options in, one library call, rows out."""

import datetime as dt
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stancekit import __version__
from stancekit.errors import InputError, StancekitError
from stancekit.progress import ProgressBar

if TYPE_CHECKING:
    from stancekit.batches import Result
    from stancekit.formats import Document, Format, Writer

DONE, SOME_UNREADABLE, BAD_INPUT = 0, 1, 2
# As shells report a process that a signal ended: 128 + SIGINT, SIGPIPE, SIGTERM.
INTERRUPTED, PIPE_CLOSED, TERMINATED = 130, 141, 143


def _complain(message: str) -> None:
    click.echo(f"stancekit: {' '.join(message.split())}", err=True)


def _describe(error: click.ClickException) -> str:
    """Say in our one line what click found wrong with the command line."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "stancekit"
    what, where, what_to_do = error.format_message(), command, f"see `{command} --help`"
    if isinstance(error, click.NoSuchOption):
        what, where = "no such option", error.option_name
        if error.possibilities:
            what_to_do = f"did you mean {' or '.join(sorted(error.possibilities))}?"
    elif isinstance(error, click.BadOptionUsage):
        where = error.option_name
    elif isinstance(error, click.BadParameter) and error.param is not None:
        what, where = error.message, error.param.opts[-1]
    what = what[:1].lower() + what[1:].rstrip(".")
    return f"{what}, {where}; {what_to_do}"


class OneLineGroup(click.Group):
    """A group of commands that answers each error of the user with one line and exit code 2."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line; see click.Command.main."""
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            _complain(_describe(error))
            code = BAD_INPUT
        except click.Abort:
            code = INTERRUPTED
        except StancekitError as error:
            _complain(str(error))
            code = BAD_INPUT
        if standalone_mode:
            sys.exit(code)
        return code

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command of `ctx`; end quietly when interrupted or when nobody reads on."""
        try:
            with _termination_as_exit():
                return super().invoke(ctx)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # Else Python would try once more to write what is left, and complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(PIPE_CLOSED)
        except OSError as error:
            where = str(error.filename) if error.filename else "input or output"
            raise InputError(
                error.strerror or str(error), where, "mend that, then again"
            ) from error


@contextmanager
def _termination_as_exit() -> Iterator[None]:
    """Let SIGTERM unwind the stack, so that no half-written file stays behind."""

    def leave(number: int, frame: object) -> None:
        raise SystemExit(TERMINATED)

    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set a handler
        return
    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Tally:
    """Counts the documents read and names on standard error those that failed."""

    def __init__(self) -> None:
        self.read = 0
        self.failed = 0

    def readable(self, items: "Iterable[Document | InputError]") -> "Iterator[Document]":
        """Pass on the documents among `items`."""
        for item in items:
            if isinstance(item, InputError):
                self.fail(item)
            else:
                yield item

    def fail(self, error: InputError) -> None:
        """Count and name a document that could not be read."""
        self.failed += 1
        _complain(str(error))

    def leave(self) -> None:
        """End with the exit code for some failures, if there were any."""
        if self.failed:
            total = self.failed + self.read
            _complain(f"{self.failed} of {total} documents could not be read")
            raise SystemExit(SOME_UNREADABLE)


@click.group(
    name="stancekit",
    cls=OneLineGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example:\n\n\b\n  echo 'Nairobi condemned the raid.' | stancekit predict -",
)
@click.version_option(__version__, prog_name="stancekit", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Find reported statements in news text: speaker, country, stance and target of each."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _date(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    from stancekit.formats import parse_date

    try:
        return None if value is None else parse_date(value)
    except ValueError:
        raise InputError(f"wrong date {value!r}", "--date", "write YYYY-MM-DD") from None


def _path_or_stdout(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    return None if value == Path("-") else value


@cli.command(
    epilog="Example:\n\n\b\n"
    "  echo 'Nairobi condemned the raid and urged both armies to talk.' |\n"
    "    stancekit predict --date 2022-01-18 --format csv -"
)
@click.argument("files", nargs=-1)
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "jsonl", "csv"]),
    help="How to write. Without it: by the suffix of --output, a table on a terminal, else jsonl.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    callback=_path_or_stdout,
    help="File to write, whole or not at all. Without it: standard output.",
)
@click.option(
    "--model",
    "folder",
    type=click.Path(path_type=Path),
    envvar="STANCEKIT_MODEL",
    show_envvar=True,
    help="Folder of a model. Without it: the one that ships.",
)
@click.option(
    "--date",
    metavar="YYYY-MM-DD",
    callback=_date,
    help="Day of publication of documents that carry none: decides who held which office.",
)
@click.option("--explain", is_flag=True, help="Say what country and stances rest on.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Number of processes; pays from some hundred articles on.",
)
@click.option(
    "--text-column", default="text", metavar="NAME", help="Of .jsonl and .csv: the article."
)
@click.option("--id-column", metavar="NAME", help="Its name; without it: id, or file and line.")
@click.option("--date-column", metavar="NAME", help="Its day of publication; without it: date.")
def predict(
    files: tuple[str, ...],
    style: "Format | None",
    output: Path | None,
    folder: Path | None,
    date: dt.date | None,
    explain: bool,
    jobs: int,
    text_column: str,
    id_column: str | None,
    date_column: str | None,
) -> None:
    """Print the reported statements in FILES.

    FILES are articles (.txt), records with an article each (.jsonl, .csv), folders of .txt
    files, or patterns; - or nothing is standard input.
    """
    # Imported here, not above, so that --help and --version need no numpy.
    from stancekit import formats, pipeline
    from stancekit.batches import predict_documents

    style = formats.choose_format(style, output)
    paths = formats.find_files(files)
    formats.check_output(output, paths)
    model = pipeline.load(folder)
    if paths == ["-"] and sys.stdin.isatty():
        _complain("reading standard input; end it with Ctrl-D")
    columns = formats.ColumnNames(text_column, id_column, date_column)
    tally = Tally()
    documents = tally.readable(formats.read_documents(paths, columns, date=date, note=_complain))
    results = predict_documents(model, folder, documents, explain=explain, jobs=jobs)
    has_titles = len(paths) > 1 or formats.holds_many(paths[0])
    with formats.open_writer(output, style, model.labels, explain, has_titles) as writer:
        _write(results, writer, tally, is_shown=output is None and sys.stdout.isatty())
    tally.leave()


def _write(
    results: "Iterable[tuple[Document, Result]]", writer: "Writer", tally: Tally, *, is_shown: bool
) -> None:
    """Write results as they come; `is_shown` says that the user sees them, and needs no bar."""
    with ProgressBar(is_wanted=not is_shown) as bar:
        for document, result in results:
            if isinstance(result, InputError):
                tally.fail(result)
            else:
                tally.read += 1
                writer.write(document, result)
            bar.advance()
    if tally.failed and not tally.read:
        raise SystemExit(BAD_INPUT)  # while the writer is open, so that no empty file is written
