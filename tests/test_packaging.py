from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_lists_every_package_of_the_code() -> None:
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(config["options"]["packages"].split())
    folders = {path.parent for path in (ROOT / "stancekit").rglob("__init__.py")}

    assert listed == {
        "stancekit.models",
        *(".".join(folder.relative_to(ROOT).parts) for folder in folders),
    }
