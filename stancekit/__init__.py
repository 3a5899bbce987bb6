"""Find reported statements in news text: who speaks, for which country, with which stance.

What users need is imported on first use, so that `import stancekit` itself costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stancekit.errors import StancekitError
    from stancekit.pipeline import Model, load
    from stancekit.records import Statement

__all__ = ["Model", "StancekitError", "Statement", "__version__", "load"]
__version__ = "0.1.0"

_HOMES = {
    "load": "stancekit.pipeline",
    "Model": "stancekit.pipeline",
    "Statement": "stancekit.records",
    "StancekitError": "stancekit.errors",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
