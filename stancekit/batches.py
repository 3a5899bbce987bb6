"""Run a model over many documents, a shard at a time, in this process or in several."""

import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path

from stancekit.errors import InputError
from stancekit.formats import Document
from stancekit.pipeline import Model, load
from stancekit.records import Statement

# A shard is predicted as one batch: big enough to be fast, small enough that results
# come soon and fit into memory. Both are choices.
_MOST_DOCUMENTS = 32
_MOST_CHARACTERS = 200_000

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
    first = list(islice(shards, 2))
    shards = chain(first, shards)
    if jobs == 1 or len(first) < 2:
        for shard in shards:
            yield from zip(shard, _predict_shard(model, shard, explain), strict=True)
        return
    from joblib import Parallel, delayed  # slow to import, and not needed for one article

    waiting: deque[list[Document]] = deque()

    def remembered() -> Iterator[list[Document]]:
        for shard in shards:
            waiting.append(shard)
            yield shard

    run = Parallel(n_jobs=jobs, return_as="generator")
    for results in run(delayed(_predict_in_worker)(folder, s, explain) for s in remembered()):
        yield from zip(waiting.popleft(), results, strict=True)


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
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the first process alone
    return load(folder)


def _predict_in_worker(
    folder: Path | None, shard: Sequence[Document], explain: bool
) -> list[Result]:
    return _predict_shard(_model_of_worker(folder), shard, explain)
