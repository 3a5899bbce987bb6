import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scripts import agreement as script
from training.corpus import read_documents
from training.second_labels import join_second_labels, measure_agreement

Record = dict[str, Any]
Write = Callable[..., Path]


def test_the_same_labels_agree_perfectly(write_data: Write, article: Record) -> None:
    documents = read_documents(write_data(articles=[article]))

    kappas = measure_agreement(documents, {"tugs": [article]})

    assert list(kappas) == ["tugs", "all"]
    assert kappas["all"]["statement"] == (1.0, 3)
    assert kappas["all"]["condemnation"] == (1.0, 2)


def test_a_text_changed_since_is_set_aside(write_data: Write, article: Record) -> None:
    documents = read_documents(write_data(articles=[article]))
    changed = copy.deepcopy(article)
    changed["sentences"].pop()

    assert join_second_labels(documents, [changed]) == ([], ["tugs-01-001"])
    assert measure_agreement(documents, {"tugs": [changed]}) == {}


def test_the_script_prints_a_table(
    write_data: Write, article: Record, monkeypatch: Any, capsys: Any
) -> None:
    data = write_data(articles=[article], second_labels=[article])
    monkeypatch.setattr("sys.argv", ["agreement", "--data", str(data)])

    assert script.main() == 0
    assert "| all | 1.000 (3) | 1.000 (2) |" in capsys.readouterr().out
