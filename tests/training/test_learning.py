"""What the digests of weights and sets are over: labels, documents and method, neither places nor remarks."""

from importlib import util
from pathlib import Path
from types import ModuleType

from training.labelled_sets import LabelledSet
from training.learn_topics import method

LABELS = '[[documents]]\nfile = "a.txt"\npath = "a.txt"\ntown = "{town}"\n'


def labelled(folder: Path, *, town: str = "柳湾镇", remark: str = "", text: str = "全文。") -> LabelledSet:
    (folder / "documents" / "made").mkdir(parents=True)
    (folder / "documents" / "made" / "a.txt").write_text(text, "utf-8")
    (folder / "made.toml").write_text(remark + LABELS.format(town=town), "utf-8")
    return LabelledSet(folder / "made.toml")


def module(path: Path, source: str) -> ModuleType:
    path.write_text(source, "utf-8")
    spec = util.spec_from_file_location(path.stem, path)
    assert spec is not None
    return util.module_from_spec(spec)


def test_a_set_keeps_its_digest_when_it_moves_or_a_remark_changes(tmp_path: Path) -> None:
    moved = labelled(tmp_path / "there", remark="# another remark\n")

    assert labelled(tmp_path / "here").digest() == moved.digest()


def test_a_set_has_another_digest_when_a_label_changes(tmp_path: Path) -> None:
    assert labelled(tmp_path / "here").digest() != labelled(tmp_path / "there", town="松坪乡").digest()


def test_a_set_has_another_digest_when_a_document_changes(tmp_path: Path) -> None:
    assert labelled(tmp_path / "here").digest() != labelled(tmp_path / "there", text="别的。").digest()


def test_a_method_is_the_same_when_only_imports_and_docstring_change(tmp_path: Path) -> None:
    before = module(tmp_path / "a.py", '"""Old."""\nimport math\nPENALTY = 4.0\n')
    after = module(tmp_path / "b.py", '"""New."""\nfrom math import log\nPENALTY = 4.0\n')

    assert method(before) == method(after)


def test_a_method_is_another_when_a_constant_changes(tmp_path: Path) -> None:
    before = module(tmp_path / "a.py", '"""Old."""\nPENALTY = 4.0\n')
    after = module(tmp_path / "b.py", '"""Old."""\nPENALTY = 5.0\n')

    assert method(before) != method(after)
