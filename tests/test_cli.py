"""The `stancekit` command, as users and their scripts meet it."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import stancekit
from stancekit import batches
from stancekit.cli import cli

ROOT = Path(__file__).parent.parent
SENTENCE = "Nairobi condemned the raid and urged both armies to talk."
FIELDS = [
    "document", "date", "text", "start", "end", "kind", "speaker", "speaker_name", "country",
    "target", "stance", "scores", "country_score", "cue",
]  # fmt: skip
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
COMMAND = (sys.executable, "-m", "stancekit")


def predict(*arguments: str | Path, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["predict", *map(str, arguments)], input=given)


def rows(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "a.txt"
    file.write_text(SENTENCE)
    return file


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Forty articles in four shards and more."""
    file = tmp_path / "corpus.jsonl"
    records = [{"id": n, "text": f"{SENTENCE} It gave {n} reasons."} for n in range(40)]
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    return file


# What comes out


def test_a_sentence_on_standard_input_becomes_a_row() -> None:
    (row,) = rows(predict("-", given=SENTENCE))

    assert list(row) == FIELDS
    assert (row["document"], row["country"], row["text"]) == ("-", "KEN", SENTENCE)
    assert row["stance"] == ["condemnation", "call_for_dialogue"]


def test_the_command_and_the_library_agree(model: stancekit.Model, samples: Path) -> None:
    file = samples / "river-post.txt"
    found = rows(predict(file, "--date", "2024-05-14"))

    expected = model.predict(file.read_text(encoding="utf-8"), date="2024-05-14")
    assert [(row["start"], row["end"], row["country"], row["stance"]) for row in found] == [
        (s.start, s.end, s.country, list(s.stance)) for s in expected
    ]


def test_every_text_stands_at_its_offsets(samples: Path) -> None:
    for row in rows(predict(samples)):
        article = Path(str(row["document"])).read_text(encoding="utf-8")
        assert article[row["start"] : row["end"]] == row["text"]  # type: ignore[misc]  # JSON integers


def test_the_sample_of_the_readme_shows_all_three_stances(samples: Path) -> None:
    found = rows(predict(samples / "river-post.txt"))

    assert {label for row in found for label in row["stance"]} == {  # type: ignore[attr-defined]  # a JSON list
        "condemnation",
        "justification",
        "call_for_dialogue",
    }
    assert {"PER", "ECU", "BRA", "CHL", "USA"} <= {row["country"] for row in found}


@pytest.mark.parametrize("given", ["", "word", '"', "\n\n", "said", "“ ” \" '"])
def test_a_text_with_nothing_to_find_is_no_error(given: str) -> None:
    assert rows(predict(given=given)) == []


def test_line_ends_and_a_byte_order_mark_keep_offsets_true(tmp_path: Path) -> None:
    text = f"Talks ended.\r\n\r\n{SENTENCE}\r\n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())

    (row,) = rows(predict(tmp_path / "a.txt"))

    assert (row["start"], row["text"]) == (text.index("Nairobi"), SENTENCE)


def test_windows_1252_is_read_with_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(f"In the café:\n\n{SENTENCE}".encode("cp1252"))

    result = predict(tmp_path / "a.txt")

    assert rows(result)[0]["text"] == SENTENCE
    assert result.stderr == f"stancekit: not in UTF-8, {tmp_path}/a.txt; read as Windows-1252\n"


def test_an_odd_quotation_mark_costs_no_other_statement() -> None:
    found = rows(predict(given=f'He left "early.\n\n{SENTENCE}'))

    assert SENTENCE in [row["text"] for row in found]


def test_explain_adds_what_the_country_rests_on() -> None:
    (row,) = rows(predict("--explain", given=SENTENCE))

    assert list(row) == [*FIELDS, "country_reason", "evidence"]
    assert "Nairobi" in str(row["country_reason"])


def test_the_date_option_is_for_documents_without_a_date(tmp_path: Path) -> None:
    records = [{"text": SENTENCE}, {"text": SENTENCE, "date": "2001-02-03"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)))

    found = rows(predict(tmp_path / "a.jsonl", "--date", "2022-01-18"))

    assert [row["date"] for row in found] == ["2022-01-18", "2001-02-03"]


def test_columns_are_named_by_options_and_the_others_pass_through(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"url,body,day,paper\nu1,{SENTENCE},2022-01-18,The Post\n")
    options = "--text-column body --id-column url --date-column day".split()

    (row,) = rows(predict(tmp_path / "a.csv", *options))

    assert (row["document"], row["date"], row["paper"]) == ("u1", "2022-01-18", "The Post")


def test_the_suffix_of_the_output_chooses_the_format(article: Path, tmp_path: Path) -> None:
    result = predict(article, "--output", tmp_path / "out.csv")

    assert (result.exit_code, result.output) == (0, "")
    with open(tmp_path / "out.csv", encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["country"], row["stance"]) == ("KEN", "condemnation;call_for_dialogue")


def test_a_dash_as_output_is_standard_output(article: Path) -> None:
    assert len(rows(predict(article, "--output", "-"))) == 1


def test_several_processes_give_the_same_in_the_same_order(corpus: Path) -> None:
    one, two = predict(corpus), predict(corpus, "--jobs", "2")

    assert one.stdout == two.stdout
    assert [row["document"] for row in rows(one)][::2][:3] == ["0", "1", "2"]


def test_a_fault_in_one_document_costs_no_other(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_on_seventh(self: stancekit.Model, texts: list[str], **options: object) -> list[object]:
        if any("gave 7 " in text for text in texts):
            raise IndexError("7")
        return [[] for _ in texts]

    monkeypatch.setattr(stancekit.Model, "predict_batch", fail_on_seventh)
    result = predict(corpus)

    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "stancekit: cannot be analysed (IndexError: 7), 7; please report it with the text",
        "stancekit: 1 of 40 documents could not be read",
    ]


def test_shards_are_read_only_as_far_as_they_are_needed(model: stancekit.Model) -> None:
    read: list[int] = []

    def endless() -> "batches.Iterator[batches.Document]":
        while True:
            read.append(1)
            yield batches.Document("a", SENTENCE)

    next(batches.predict_documents(model, None, endless()))

    assert len(read) <= 8


# Errors: one line, exit code 2, nothing written


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["missing.txt"], "no such file, missing.txt; check the name"),
        (["*.nothing"], "no file matches, *.nothing; check the pattern"),
        (["empty"], "no text, folder empty; give a folder that holds *.txt files"),
        (["binary.txt"], "binary file, binary.txt; give plain text in UTF-8"),
        (["page.html"], "unknown format .html, page.html; give .txt, .jsonl or .csv files"),
        (["a.txt", "--output", "b.xyz"],
         "unknown format '.xyz', --output b.xyz; give --format as well"),
        (["a.txt", "--format", "xml"],
         "'xml' is not one of 'table', 'jsonl', 'csv', --format; see `stancekit predict --help`"),
        (["a.txt", "--date", "18.1.2022"],
         "wrong date '18.1.2022', --date; write YYYY-MM-DD"),
        (["a.txt", "--jobs", "0"],
         "0 is not in the range x>=1, --jobs; see `stancekit predict --help`"),
        (["a.txt", "--formt", "csv"], "no such option, --formt; did you mean --format?"),
        (["a.txt", "--output", "no/b.csv"],
         "no such folder, --output no/b.csv; make the folder first"),
        (["a.txt", "--output", "a.txt"], "also an input, --output a.txt; choose another name"),
        (["a.jsonl"],
         "no column 'text', a.jsonl; give --text-column; columns there: body"),
        (["a.txt", "--model", "empty"],
         "no model, empty: expected manifest.json and weights.npz; train one with "
         "`python -m scripts.train`, or give --model"),
    ],
)  # fmt: skip
def test_bad_input_is_answered_with_one_line(
    arguments: list[str], line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("binary.txt").write_bytes(b"\x7fELF\x00")
    Path("a.txt").write_text(SENTENCE)
    Path("a.jsonl").write_text('{"body": "x"}')
    Path("page.html").write_text("<p>x")
    before = sorted(tmp_path.rglob("*"))

    result = predict(*arguments)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"stancekit: {line}\n")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["manifest.json", "weights.npz", "vocabulary.txt"])
def test_a_broken_model_folder_is_answered_with_one_line(
    name: str, model: stancekit.Model, article: Path, tmp_path: Path
) -> None:
    from stancekit.model_files import default_model

    folder = tmp_path / "model"
    shutil.copytree(os.environ.get("STANCEKIT_MODEL") or default_model(), folder)
    (folder / name).write_bytes(b"{")

    result = predict(article, "--model", folder)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"stancekit: damaged model, {folder}: ")
    assert result.stderr.count("\n") == 1


def test_an_unknown_command_is_answered_with_one_line() -> None:
    result = CliRunner().invoke(cli, ["foretell"])

    assert (result.exit_code, result.stderr) == (
        2,
        "stancekit: no such command 'foretell', stancekit; see `stancekit --help`\n",
    )


def test_an_unreadable_document_is_named_and_the_rest_written(
    article: Path, tmp_path: Path
) -> None:
    (tmp_path / "b.txt").write_bytes(b"\x00")
    (tmp_path / "c.txt").write_text(SENTENCE)

    result = predict(tmp_path)

    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr.splitlines() == [
        f"stancekit: binary file, {tmp_path}/b.txt; give plain text in UTF-8",
        "stancekit: 1 of 3 documents could not be read",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch(mode=0)

    assert predict(tmp_path / "a.txt").exit_code == 2


# Help


def commands() -> list[tuple[str, ...]]:
    return [(), *((name,) for name in cli.commands)]


@pytest.mark.parametrize("command", commands())
def test_the_example_at_the_end_of_each_help_runs(command: tuple[str, ...], tmp_path: Path) -> None:
    text = CliRunner().invoke(cli, [*command, "--help"]).stdout
    example = text.partition("Example:")[2].strip()
    shim = tmp_path / "stancekit"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m stancekit "$@"\n')
    shim.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{ENVIRONMENT['PATH']}"

    run = subprocess.run(
        ["sh", "-ec", example], env={**ENVIRONMENT, "PATH": path}, capture_output=True, check=False
    )

    assert (run.returncode, run.stderr) == (0, b"")
    assert b"KEN" in run.stdout


def test_every_option_has_a_word_of_help() -> None:
    for command in cli.commands.values():
        options = [param for param in command.params if isinstance(param, click.Option)]
        assert [option.name for option in options if not option.help] == []


def test_version_is_that_of_the_package() -> None:
    assert CliRunner().invoke(cli, ["--version"]).stdout == f"stancekit {stancekit.__version__}\n"


def test_no_command_shows_the_help() -> None:
    result = CliRunner().invoke(cli, [])

    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: stancekit")


# As a process


def test_prediction_imports_nothing_heavy(article: Path) -> None:
    script = (
        "import sys\nfrom stancekit.cli import cli\n"
        f"cli(['predict', {str(article)!r}], standalone_mode=False)\n"
        "heavy = 'sklearn nltk pandas scipy joblib rich training'.split()\n"
        "sys.exit(' '.join(name for name in heavy if name in sys.modules))"
    )

    run = subprocess.run(
        [sys.executable, "-c", script], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )

    assert (run.stderr, run.returncode) == ("", 0)


def test_import_of_the_package_loads_none_of_its_stages() -> None:
    script = "import stancekit, sys; sys.exit('numpy' in sys.modules or 'click' in sys.modules)"

    subprocess.run([sys.executable, "-c", script], env=ENVIRONMENT, check=True)


@pytest.mark.parametrize("style", ["jsonl", "csv", "table"])
def test_a_reader_that_stops_ends_the_command_quietly(style: str, corpus: Path) -> None:
    long = corpus.with_name("long.jsonl")
    long.write_text(corpus.read_text() * 30)
    with subprocess.Popen(
        [*COMMAND, "predict", str(long), "--format", style],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        message = process.stderr.read()

    assert (process.returncode, message) == (141, b"")


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_command_ends_quietly_and_leaves_no_file(
    sent: signal.Signals, code: int, jobs: str, tmp_path: Path
) -> None:
    pipe = tmp_path / "in.jsonl"
    os.mkfifo(pipe)
    with subprocess.Popen(
        [*COMMAND, "predict", str(pipe), "--jobs", jobs, "--output", str(tmp_path / "out.jsonl")],
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
    ) as process:
        with open(pipe, "w", encoding="utf-8") as stream:
            stream.write((json.dumps({"text": SENTENCE}) + "\n") * 40)
            stream.flush()
            wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
            process.send_signal(sent)
            _, message = process.communicate(timeout=60)

    assert (process.returncode, message) == (code, b"")
    assert list(tmp_path.iterdir()) == [pipe]


def wait_for(condition: "batches.Callable[[], bool]") -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise TimeoutError


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk_is_answered_with_one_line(article: Path) -> None:
    with open("/dev/full", "wb") as full:
        run = subprocess.run(
            [*COMMAND, "predict", str(article)],
            env=ENVIRONMENT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert run.returncode == 2
    assert run.stderr.startswith(b"stancekit: No space left on device, ")
    assert run.stderr.count(b"\n") == 1


def test_a_terminal_gets_a_table_in_colours(article: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "predict", str(article)],
        env={**ENVIRONMENT, "TERM": "xterm-256color", "COLUMNS": "100"},
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # how Linux says that the other side is closed
            pass
        assert process.stderr is not None
        message = process.stderr.read()
    os.close(ours)

    assert message == b""
    assert b"\x1b[31mcondemnation" in shown
    assert b"speaker" in shown
