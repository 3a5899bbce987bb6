"""Show on standard error how far a long run has come."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress

_BAR_AFTER_SECONDS = 1.0


class ProgressBar:
    """A count of documents on standard error: on a terminal only, and after a second of work."""

    def __init__(self, *, is_wanted: bool) -> None:
        self._is_wanted = is_wanted and sys.stderr.isatty()
        self._begin = time.monotonic()
        self._done = 0
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def advance(self) -> None:
        """Count a document."""
        self._done += 1
        if not self._is_wanted or time.monotonic() - self._begin < _BAR_AFTER_SECONDS:
            return
        if self._bar is None:
            self._bar = self._drawn()
        self._bar.update(self._bar.task_ids[0], completed=self._done)

    def _drawn(self) -> "Progress":
        from rich.console import Console
        from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn

        columns = SpinnerColumn(), MofNCompleteColumn(), "documents", TimeElapsedColumn()
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        bar.add_task("", total=None)
        bar.start()
        return bar

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
