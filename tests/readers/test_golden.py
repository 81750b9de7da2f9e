"""What each sample file reads as, block by block; run with ``REWRITE_GOLDEN=1`` in the environment to rewrite it."""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from search_app.readers import read

FIXTURES = Path(__file__).parent / "fixtures"
SAMPLES = sorted(path for path in FIXTURES.glob("sample.*") if path.suffix != ".json")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.suffix)
def test_a_sample_reads_as_it_did(sample: Path) -> None:
    document = asdict(read(sample))
    document["blocks"] = [{key: value for key, value in block.items() if value} for block in document["blocks"]]
    found = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    golden = FIXTURES / f"{sample.name}.golden.json"
    if os.environ.get("REWRITE_GOLDEN"):
        golden.write_text(found, encoding="utf-8")

    assert found == golden.read_text(encoding="utf-8")
