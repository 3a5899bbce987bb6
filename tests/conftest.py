"""What several test modules share."""

import os
from pathlib import Path

import pytest

import stancekit

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def model() -> stancekit.Model:
    """Return the model that ships, or the one that STANCEKIT_MODEL names."""
    return stancekit.load(os.environ.get("STANCEKIT_MODEL"))


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of sample articles."""
    return ROOT / "data" / "samples"
