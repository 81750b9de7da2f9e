"""Errors: each has a code of its own, an exit code, a status, and survives the way between processes."""

import pickle

import pytest

from search_app import errors
from search_app.errors import DamagedFile, IndexLocked, NoSuchPage, NoText, ReadError, SearchAppError, UnsupportedFile


def all_kinds() -> list[type[SearchAppError]]:
    kinds, waiting = [], [SearchAppError]
    while waiting:
        kind = waiting.pop()
        kinds.append(kind)
        waiting.extend(kind.__subclasses__())
    return [kind for kind in kinds if kind.__module__ == errors.__name__]


def test_no_two_errors_share_a_code() -> None:
    codes = [kind.code for kind in all_kinds()]

    assert len(codes) == len(set(codes))


def test_exit_codes_and_statuses_are_those_of_the_tree() -> None:
    told = {kind.__name__: (kind.exit_code, kind.http_status) for kind in all_kinds()}

    assert told["ConfigError"] == (2, 500)
    assert told["BadSearch"] == (2, 400)
    assert told["NoSuchPage"] == (2, 404)
    assert told["NoSuchReport"] == (1, 404)
    assert {told[name] for name in told if name.startswith("Index")} == {(3, 503)}


@pytest.mark.parametrize("kind", [ReadError, UnsupportedFile, DamagedFile, NoText])
def test_a_read_error_survives_pickling(kind: type[ReadError]) -> None:
    error = pickle.loads(pickle.dumps(kind("甲/a.doc", "打不开", hint="另存")))  # noqa: S301 - our own bytes

    assert (type(error), error.path, error.reason, error.hint) == (kind, "甲/a.doc", "打不开", "另存")


def test_a_hint_can_be_given_or_is_the_default_of_its_kind() -> None:
    assert IndexLocked("忙", holder=7).hint == IndexLocked.default_hint
    assert IndexLocked("忙", holder=7, hint="等").hint == "等"
    assert NoSuchPage("没有", last=3).last == 3
