"""The errors that stancekit raises: what is wrong, where, and what to do."""

from pathlib import Path


class StancekitError(Exception):
    """Base of every error that a user can cause and mend."""


class InputError(StancekitError):
    """A document, file or option cannot be read as what it should be."""

    def __init__(self, what: str, where: str, what_to_do: str) -> None:
        super().__init__(f"{what}, {where}; {what_to_do}")


class ModelNotFoundError(StancekitError):
    """No readable model lies at the given path."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"no model, {path}: expected manifest.json and weights.npz; "
            "train one with `python -m scripts.train`, or give --model"
        )
        self.path = path


class ModelDamagedError(StancekitError):
    """A model folder does not hold what its manifest promises."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"damaged model, {path}: {reason}; "
            "copy or train it again with `python -m scripts.train`"
        )
        self.path = path
