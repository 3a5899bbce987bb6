"""Run a model over many documents, a shard at a time, in this process or in several."""

import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, islice, repeat
from pathlib import Path

from stancekit.errors import InputError
from stancekit.formats import Document
from stancekit.pipeline import Model, load
from stancekit.records import Statement

# A shard is predicted as one batch: big enough to be fast (beyond 8 articles nothing is
# gained), small enough that results come soon and Ctrl-C is answered within a second.
_MOST_DOCUMENTS = 8
_MOST_CHARACTERS = 50_000

Result = list[Statement] | InputError


def predict_documents(
    model: Model,
    folder: Path | None,
    documents: Iterable[Document],
    *,
    explain: bool = False,
    jobs: int = 1,
) -> Iterator[tuple[Document, Result]]:
    """Predict documents as they come, in order.

    Parameters
    ----------
    model : Model
        The loaded model.
    folder : Path or None
        Where `model` lies, None meaning the one that ships; each further process loads it.
    documents : iterable of Document
        Read only as far as the work needs, so that it may be endless.
    explain : bool
        Whether to fill `evidence`.
    jobs : int
        Number of processes. What fits into one shard is done in this one.

    Yields
    ------
    tuple of Document and (list of Statement or InputError)
        The error, not raised, for a document on which a stage failed.
    """
    shards = _shards(documents)
    if jobs > 1:
        first = list(islice(shards, 2))
        shards = chain(first, shards)
        if len(first) == 2:
            yield from _predict_in_parallel(folder, shards, explain, jobs)
            return
    for shard in shards:
        yield from zip(shard, _predict_shard(model, shard, explain), strict=True)


def _predict_in_parallel(
    folder: Path | None, shards: Iterable[list[Document]], explain: bool, jobs: int
) -> Iterator[tuple[Document, Result]]:
    # Slow to import, and not needed for one article. The executor, not joblib.Parallel: that
    # one prints warnings and tracebacks when it is interrupted.
    from joblib.externals.loky import BrokenProcessPool, ProcessPoolExecutor

    executor = ProcessPoolExecutor(jobs)
    running: deque[tuple[list[Document], Future[list[Result]]]] = deque()
    try:
        for shard in chain(shards, repeat(None)):
            if shard is not None:
                with _interrupts_ignored():
                    future = executor.submit(_predict_in_worker, folder, shard, explain)
                running.append((shard, future))
            if not running:
                break
            if shard is None or len(running) >= 2 * jobs:
                documents, future = running.popleft()
                yield from zip(documents, future.result(), strict=True)
    except BrokenProcessPool as error:
        what = "a process ended before its work was done"
        raise InputError(what, f"--jobs {jobs}", "take fewer, or free memory") from error
    finally:
        for _, future in running:
            future.cancel()
        with _interrupts_ignored():  # the shards at work end within a second, then all is quiet
            executor.shutdown(wait=True)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Ignore Ctrl-C here and in the processes started here, which go on ignoring it."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread can, and only it is interrupted
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _shards(documents: Iterable[Document]) -> Iterator[list[Document]]:
    shard: list[Document] = []
    characters = 0
    for document in documents:
        shard.append(document)
        characters += len(document.text)
        if len(shard) >= _MOST_DOCUMENTS or characters >= _MOST_CHARACTERS:
            yield shard
            shard, characters = [], 0
    if shard:
        yield shard


def _predict_shard(model: Model, shard: Sequence[Document], explain: bool) -> list[Result]:
    try:
        return [
            *model.predict_batch(
                [document.text for document in shard],
                dates=[document.date for document in shard],
                explain=explain,
            )
        ]
    except Exception as error:  # a fault of ours in one document must not cost the others theirs
        if len(shard) == 1:
            what = f"cannot be analysed ({type(error).__name__}: {error})"
            return [InputError(what, shard[0].name, "please report it with the text")]
        return [
            result for document in shard for result in _predict_shard(model, [document], explain)
        ]


@lru_cache(maxsize=1)
def _model_of_worker(folder: Path | None) -> Model:
    return load(folder)


def _predict_in_worker(
    folder: Path | None, shard: Sequence[Document], explain: bool
) -> list[Result]:
    return _predict_shard(_model_of_worker(folder), shard, explain)
