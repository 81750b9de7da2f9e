"""Whatever call of an update fails, and however: it fails with a word or is complete, and what answers is right."""

import random
import sys
from pathlib import Path

import pytest

from search_app.engines.whoosh.index import soundness
from tests.engines.whoosh import faulty_disk
from tests.engines.whoosh.faulty_disk import WAYS, Fault, Trial

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="open files are told by their numbers in /proc")
#: So many calls fail in each way; ``python -m tests.engines.whoosh.faulty_disk`` lets every one.
SOME = 10


@pytest.fixture(scope="module", params=["copied", "linked"])
def trial(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Trial:
    with pytest.MonkeyPatch.context() as patched:
        if request.param == "linked":
            patched.setattr(soundness, "SMALL", 0)
        return faulty_disk.prepare(tmp_path_factory.mktemp(request.param))


@pytest.mark.parametrize("way", WAYS)
def test_a_call_that_fails_loses_no_report_and_answers_nothing_wrong(trial: Trial, tmp_path: Path, way: str) -> None:
    possible = [fault for fault in faulty_disk.faults(trial) if fault.way == way]
    last = len(trial.calls) - 1

    for fault in {*random.Random(way).sample(possible, SOME), *(Fault(last - back, way) for back in range(4))}:
        if fault in possible:
            faulty_disk.try_one(trial, tmp_path, fault)


def test_the_shim_reaches_every_kind_of_call(trial: Trial) -> None:
    assert {"open", "write", "fsync", "stat", "listdir", "mkdir", "mmap", "pread", "replace", "unlink"} <= set(
        trial.calls
    )
