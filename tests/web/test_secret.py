"""The secret: one for all processes, nobody else's, and there again after a restart."""

import stat
from multiprocessing import get_context
from pathlib import Path

import pytest

from search_app.errors import BasketsUnusable
from search_app.web.secret import FILE, Secret


def kept(folder: Path) -> Secret:
    secret = Secret(folder)
    secret.keep()
    return secret


def test_nothing_is_written_before_something_is_kept(tmp_path: Path) -> None:
    Secret(tmp_path / "baskets").sign("edit", "x")

    assert not (tmp_path / "baskets").exists()


def test_what_was_signed_before_a_restart_counts_after_it(tmp_path: Path) -> None:
    draft = Secret(tmp_path)
    signature = draft.sign("edit", "x")
    draft.keep()

    assert Secret(tmp_path).is_signed("edit", "x", signature)
    assert kept(tmp_path).name("basket") == draft.name("basket")


def test_a_signature_counts_for_its_purpose_and_text_alone(tmp_path: Path) -> None:
    secret = kept(tmp_path)
    signature = secret.sign("edit", "x")

    assert not secret.is_signed("basket", "x", signature)
    assert not secret.is_signed("edit", "y", signature)
    assert not secret.is_signed("edit", "x", signature[:-1])
    assert not secret.is_signed("edit", "x", "\ud800字")
    assert not Secret(tmp_path / "other").is_signed("edit", "x", signature)


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    kept(tmp_path / "baskets")

    assert stat.S_IMODE((tmp_path / "baskets" / FILE).stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "baskets").iterdir()] == [FILE]


def _sign(folder: Path, into: Path) -> None:
    into.write_text(kept(folder).sign("edit", "x"))


def test_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    context = get_context("spawn")
    runs = [context.Process(target=_sign, args=(tmp_path / "b", tmp_path / f"{number}")) for number in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(60)

    assert len({(tmp_path / f"{number}").read_text() for number in range(4)}) == 1


def test_a_damaged_one_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"short")

    with pytest.raises(BasketsUnusable, match="密钥文件"):
        kept(tmp_path)
    assert (tmp_path / FILE).read_bytes() == b"short"
