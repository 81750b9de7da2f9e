"""The shipped weights: made from the passages and tables as they are now."""

import gzip
from importlib.resources import files

from search_app.labelling.topics.weights import FILE, read, written
from search_app.model import TOPICS
from training.learn_topics import digest


def test_the_shipped_weights_were_learnt_from_the_present_labels_and_table() -> None:
    head = gzip.decompress(files("search_app.data").joinpath(FILE).read_bytes()).decode().splitlines()[0]

    assert head.endswith(digest()), "run: make topics"


def test_weights_written_and_read_again_are_the_same() -> None:
    raw = files("search_app.data").joinpath(FILE).read_bytes()

    rows = read(raw)

    assert {len(row) for row in rows.values()} == {len(TOPICS)}
    assert {name: row.tolist() for name, row in read(written(rows, "again")).items()} == {
        name: row.tolist() for name, row in rows.items()
    }
