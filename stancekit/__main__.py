"""Run the command as `python -m stancekit`."""

from stancekit.cli import cli

if __name__ == "__main__":
    cli(prog_name="stancekit")
