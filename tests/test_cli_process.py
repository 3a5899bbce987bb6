"""The `stancekit` command as a process: its help, its start, its end."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import stancekit
from stancekit.cli import cli

ROOT = Path(__file__).parent.parent
SENTENCE = "Nairobi condemned the raid and urged both armies to talk."
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
COMMAND = (sys.executable, "-m", "stancekit")


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
        "sys.exit(' '.join(name for name in heavy if name in sys.modules) or 0)"
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
    command = [*COMMAND, "predict", str(pipe), "--jobs", jobs, "--output", f"{tmp_path}/out.jsonl"]
    with (
        subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE) as process,
        open(pipe, "w", encoding="utf-8") as stream,
    ):
        stream.write((json.dumps({"text": SENTENCE}) + "\n") * 40)
        stream.flush()
        wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
        process.send_signal(sent)
        _, message = process.communicate(timeout=60)

    assert (process.returncode, message) == (code, b"")
    assert list(tmp_path.iterdir()) == [pipe]


def wait_for(condition: Callable[[], bool]) -> None:
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
