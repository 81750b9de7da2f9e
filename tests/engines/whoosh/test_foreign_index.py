"""An index folder is data: whoever can write into one can make it answer wrongly, and run nothing."""

import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search_app.array_file import ArrayFile, write_arrays
from search_app.engines.whoosh import WhooshEngine
from search_app.errors import IndexDamaged, IndexOutdated, IndexProblem
from search_app.indexing import update
from search_app.query import Search
from tests.engines.building import filed
from tests.engines.contract import put

FIRST, SECOND = filed("甲.txt", "调解28起。"), filed("乙.txt", "聘请法律顾问。")


class Malice:
    """Touches a file when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self._trace = trace

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self._trace,))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    put(WhooshEngine(folder), FIRST)
    return folder


def forge(index: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the manifest of the newest generation as somebody would who can write into the folder: hash and all."""
    current = json.loads((index / "CURRENT").read_bytes())
    manifest = index / current["generations"][0]["name"] / "manifest.json"
    fields = json.loads(manifest.read_bytes())
    change(fields)
    raw = json.dumps(fields).encode()
    manifest.write_bytes(raw)
    current["generations"][0]["manifest"] = sha256(raw).hexdigest()
    (index / "CURRENT").write_text(json.dumps(current), encoding="ascii")


def use_in_every_way(index: Path) -> None:
    """Search, describe, verify and update an index, whatever becomes of it."""
    engine = WhooshEngine(index)
    for use in (lambda: engine.search(Search()), engine.status, engine.verify, lambda: put(engine, SECOND)):
        with suppress(IndexProblem):
            use()


def test_a_generation_is_made_of_arrays_and_a_manifest_alone(index: Path) -> None:
    put(WhooshEngine(index), SECOND)

    assert {path.suffix for path in index.glob("gen-*/*")} == {".seg", ".arr", ".json"}


@pytest.mark.parametrize("named", ["nowhere", "among the files", "among the segments"])
def test_a_pickle_that_somebody_put_into_the_index_is_never_run(index: Path, tmp_path: Path, named: str) -> None:
    trace = tmp_path / "trace"
    payload = pickle.dumps(Malice(trace))
    toc = next(index.glob("gen-*")) / "_MAIN_1.toc"
    toc.write_bytes(payload)

    def name_it(fields: dict[str, Any]) -> None:
        if named != "nowhere":
            fields["files"][toc.name] = [len(payload), sha256(payload).hexdigest()]
        if named == "among the segments":
            fields["segments"].append({"name": toc.name, "docs": 1, "removed": []})

    forge(index, name_it)
    use_in_every_way(index)

    assert not trace.exists()
    pickle.loads(payload)  # noqa: S301  # our own: it would have been seen
    assert trace.exists()


@pytest.mark.parametrize("name", ["../../outside.seg", "/etc/hostname", "_MAIN_1.toc", "x.pickle", ""])
def test_a_manifest_that_names_other_files_than_an_indexs_own_is_damage(index: Path, name: str) -> None:
    forge(index, lambda fields: fields["files"].update({name: [0, sha256(b"").hexdigest()]}))

    engine = WhooshEngine(index)

    assert engine.verify()
    with pytest.raises(IndexDamaged):
        engine.search(Search())
    with pytest.raises(IndexDamaged):
        put(engine, SECOND)


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"name": "MAIN_0.seg", "docs": 1, "removed": []},
        {"name": "../MAIN_0.seg", "docs": 1, "removed": []},
        {"name": "MAIN_0.seg", "docs": -1, "removed": []},
        {"name": "MAIN_0.seg", "docs": True, "removed": []},
        {"name": "MAIN_0.seg", "docs": 1, "removed": [[0, 0, 2]]},
        {"name": "MAIN_0.seg", "docs": 1, "removed": [["0", 0, 1]]},
        {"name": ["MAIN_0.seg"], "docs": 1, "removed": []},
    ],
)
def test_a_manifest_that_lists_a_segment_that_cannot_be_is_damage(index: Path, entry: dict[str, Any]) -> None:
    forge(index, lambda fields: fields["segments"].append(entry))

    with pytest.raises(IndexDamaged):
        WhooshEngine(index).search(Search())


def test_a_file_of_arrays_holds_no_objects(tmp_path: Path) -> None:
    path = tmp_path / "one.arr"
    write_arrays(path, {"one": np.arange(3, dtype=np.uint8)})
    held = ArrayFile(path)
    held._directory["one"][0] = "|O8"

    with pytest.raises(IndexDamaged):
        held["one"]


def test_an_index_whose_segments_a_table_of_whooshs_names_is_outdated_and_the_next_run_builds_it_anew(
    index: Path, tmp_path: Path
) -> None:
    def as_before(fields: dict[str, Any]) -> None:
        del fields["segments"]
        fields["format"] = 2
        fields["versions"]["schema"] = "8"
        fields["files"]["_MAIN_1.toc"] = [0, sha256(b"").hexdigest()]

    forge(index, as_before)
    engine = WhooshEngine(index)

    for use in (lambda: engine.search(Search()), engine.status, lambda: put(engine, SECOND)):
        with pytest.raises(IndexOutdated) as outdated:
            use()
        assert "search-app index" in outdated.value.hint
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "石桥镇2023年法治政府建设年度报告.txt").write_text("调解矛盾纠纷28起。", encoding="utf-8")
    tally = update(engine, corpus)
    assert any("已从头重建" in warned.warning for warned in tally.warnings)
    assert [report.path for report in engine.reports()] == ["石桥镇2023年法治政府建设年度报告.txt"]
    assert engine.verify() == ()


_WITHOUT_LOADERS = """
import marshal, pickle, sys
from pathlib import Path
from search_app.language import tokenize
tokenize("载入词典")  # jieba keeps a table of its own in the user's private cache, not in the index
load_code = marshal.loads

def refused(*_, **__):
    raise AssertionError("something is loaded that could run")

def for_imports_only(data):
    return load_code(data) if "importlib" in sys._getframe(1).f_globals["__name__"] else refused()

pickle.load = pickle.loads = pickle.Unpickler = marshal.load = refused
marshal.loads = for_imports_only
from search_app.engines.whoosh import WhooshEngine
from search_app.query import Search, Words
from tests.engines.building import filed
engine = WhooshEngine(Path(sys.argv[1]))
assert engine.search(Search(query=Words(text="调解"))).total == 1
with engine.writing() as writer:
    writer.put(*filed("乙.txt", "又调解36起。"))
    writer.remove("000000000000")
assert engine.search(Search(query=Words(text="调解"))).total == 2
assert (engine.verify(), engine.status().problem) == ((), None)
print(*sorted(name for name in sys.modules if name.partition(".")[0] == "whoosh"))
"""


def test_a_fresh_process_opens_searches_updates_and_verifies_without_whoosh_and_without_unpickling(index: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _WITHOUT_LOADERS, str(index)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        check=False,
    )

    assert (run.returncode, run.stderr, run.stdout.split()) == (0, "", [])
