"""The shipped weights of terms: made from the labels and the table as they are now."""

import gzip
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.errors import ConfigError
from search_app.labelling.exemplary.terms import FILE, read, tabulate, terms, weigh, written
from training.fit_exemplary import digest


def test_the_shipped_weights_were_learnt_from_the_present_labels_and_table() -> None:
    head = gzip.decompress(files("search_app.data").joinpath(FILE).read_bytes()).decode().splitlines()[0]

    assert head.endswith(digest()), "run: make exemplary"


def test_weights_written_and_read_again_are_the_same() -> None:
    rows = read(files("search_app.data").joinpath(FILE).read_bytes())

    assert read(written(rows, "again")) == rows


def test_a_figure_is_one_term_however_long() -> None:
    assert terms("1,860件") == terms("3 件") == {"0件"}


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet="由村医坐诊—+3.，", max_size=60))
def test_what_is_looked_up_at_once_weighs_what_its_terms_weigh_one_by_one(text: str) -> None:
    known = {"由村": 0.5, "村医": -1.25, "坐诊": 2.0, "0，": 0.25}

    one_by_one = sum(known.get(term, 0.0) for term in terms(text)) / max(len(terms(text)), 1) ** 0.5

    assert weigh(text, tabulate(known)) == pytest.approx(one_by_one, abs=1e-5)


def test_a_file_that_is_none_is_named() -> None:
    with pytest.raises(ConfigError, match=FILE):
        read(b"nothing")
