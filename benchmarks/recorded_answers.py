"""Hold the answers of two versions of the program against each other: same documents, order, scores and notes.

``python -m benchmarks.recorded_answers record FILE`` answers some hundreds of queries (the judged ones, and ones put
together by chance from the same words, signs and filters) over the sample corpus, the real reports where they lie
beside the checkout, and a generated corpus; ``compare OLD NEW`` prints every difference and exits with 1 where there is
one. For a change that is meant to change nothing: record before and after.

A record holds the labels of every listed passage as well, so reading, parsing and labelling are held to the same.
"""

import argparse
import json
import random
import sys
import tempfile
import tomllib
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.generating import reports
from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.errors import SearchAppError
from search_app.indexing import update
from search_app.model import Collapse, Match, Sort
from search_app.query import Selection
from search_app.searching import Request, find_related, find_similar, search, suggest

PROJECT = Path(__file__).parent.parent
JUDGED = PROJECT / "tests" / "relevance"
FOLDERS = {"sample": PROJECT / "corpus", "real": PROJECT.parent / "shared" / "reports"}
GENERATED = 4_000
FUZZED = 400
_SIGNS = (" ", " ", " ", "", "，", " 或 ", " OR ", "|", " -", " NOT ", "（", "）", "(", ")", "“", "”", '"', "*", "　")
_FIELDS = ("标题:", "镇:", "县:", "年:", "章节:", "主题:")
_VALUES = {"年:": ("2021", "2022..2023", "二〇二三", "20xx"), "章节:": ("不足", "其他"), "主题:": ("信访", "法治")}
_ASKED = (
    "怎么写", "有哪些好做法", "案例", "2023年", "下一步打算", "存在的问题", "调节", "tiaojie", "12件", "十二件", "龘",
)  # fmt: skip


def main() -> int:
    """Record or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record")
    recording.add_argument("file", type=Path)
    comparing = commands.add_parser("compare")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    asked = parser.parse_args()
    if asked.command == "record":
        asked.file.write_text(json.dumps(record(), ensure_ascii=False, indent=0), encoding="utf-8")
        return 0
    old, new = (json.loads(path.read_text(encoding="utf-8")) for path in (asked.old, asked.new))
    different = list(differences(old, new))
    sys.stdout.write("".join(f"{line}\n" for line in different))
    sys.stdout.write(f"{len(old)} answers before, {len(new)} now, {len(different)} differ\n")
    return 1 if different else 0


def differences(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Yield a line for each answer that is not the same, with the parts of it that differ."""
    for key in sorted(old.keys() | new.keys()):
        before, now = old.get(key, {}), new.get(key, {})
        parts = [name for name in sorted(before.keys() | now.keys()) if before.get(name) != now.get(name)]
        if parts:
            yield f"{key}: " + "; ".join(f"{name}: {before.get(name)!r} -> {now.get(name)!r}" for name in parts)


def record() -> dict[str, Any]:
    """Return every answer by corpus and request."""
    queries = judged_queries()
    made: dict[str, Any] = {}
    for name in ("sample", "real", "generated"):
        if name == "generated" or FOLDERS[name].is_dir():
            with corpus(name) as engine:
                for number, request in enumerate(requests(queries, engine)):
                    made[f"{name} {number} {request.text!r}"] = _answered(engine, request)
                for passage_id in _some_passages(engine):
                    made[f"{name} beside {passage_id}"] = _beside(engine, passage_id)
                for text in sorted({query[:length] for query in queries for length in (1, 2, 3)}):
                    made[f"{name} suggest {text}"] = {"said": [vars_of(each) for each in suggest(engine, text)]}
    return made


def judged_queries() -> list[str]:
    """Return the queries of the judged sets, each once."""
    found: dict[str, None] = {}
    for path in sorted(JUDGED.glob("*.toml")):
        for need in tomllib.loads(path.read_text(encoding="utf-8"))["need"]:
            found.update(dict.fromkeys(text for _, text in need["queries"]))
    return list(found)


@contextmanager
def corpus(name: str) -> Iterator[Engine]:
    """Index one of the corpora in a folder that goes away again."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "index")
        try:
            if name == "generated":
                with engine.writing() as writer:
                    for report, passages in reports(GENERATED):
                        writer.put(report, passages)
            else:
                update(engine, FOLDERS[name])
            yield engine
        finally:
            engine.close()


def requests(queries: Sequence[str], engine: Engine) -> Iterator[Request]:
    """Yield the judged queries as they are, then some put together by chance; the same seed gives the same ones."""
    yield from (Request(text=text) for text in queries)
    draw = random.Random(20261128)
    words = sorted({text[at : at + size] for text in queries for size in (2, 4) for at in range(0, len(text), 3)})
    towns = sorted({report.town for report in engine.reports() if report.town})[:20]
    for _ in range(FUZZED):
        yield Request(
            text="".join(_piece(draw, words, towns) for _ in range(draw.randint(1, 6))),
            selection=Selection(
                year=(draw.choice((2021, 2022, 2023)),) if draw.random() < 0.15 else (),
                town=(draw.choice(towns),) if towns and draw.random() < 0.1 else (),
                section=("不足和原因",) if draw.random() < 0.1 else (),
                topic=(draw.choice(("信访", "矛盾化解", None)),) if draw.random() < 0.1 else (),
            ),
            exemplary=draw.random() < 0.1,
            sort=draw.choice(tuple(Sort)) if draw.random() < 0.3 else Sort.RELEVANCE,
            collapse=draw.choice((*Collapse, None)),
            size=draw.choice((10, 20, 50)),
            also=draw.random() < 0.9,
            literal=draw.random() < 0.1,
        )


def _piece(draw: random.Random, words: Sequence[str], towns: Sequence[str]) -> str:
    chance = draw.random()
    if chance < 0.1:
        field = draw.choice(_FIELDS)
        values = _VALUES.get(field) or (draw.choice(towns or words), draw.choice(words))
        return " " + field + draw.choice(values) + " "
    if chance < 0.2:
        return draw.choice(_ASKED)
    if chance < 0.25 and towns:
        return draw.choice(towns)
    return draw.choice(words) + draw.choice(_SIGNS)


def _answered(engine: Engine, request: Request) -> dict[str, Any]:
    try:
        found = search(engine, request)
    except SearchAppError as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {
        "total": [found.found.total, found.found.reports, found.found.listed, found.pages],
        "hits": [[*_match(hit.match), _crc(repr(hit.snippet))] for hit in found.hits],
        "notes": [[note.kind, note.message, note.query] for note in found.notes],
        "facets": _crc(repr(sorted((str(facet), list(held)) for facet, held in found.found.facets.items()))),
        "without": [[each.name, each.total] for each in found.without],
        "direct": [report.id for report in found.direct],
        "flags": [found.relaxed, str(found.collapse)],
    }


def _match(match: Match) -> list[Any]:
    return [match.passage.id, round(match.score, 9), match.stands_for, _crc(repr(match.passage))]


def _some_passages(engine: Engine) -> list[str]:
    ids = [passage.id for report in engine.reports()[:40] for passage in engine.report(report.id)[1]]
    return ids[:: max(1, len(ids) // 60)]


def _beside(engine: Engine, passage_id: str) -> dict[str, Any]:
    alike, others = find_similar(engine, passage_id), find_related(engine, passage_id)
    return {
        "similar": [alike.found.total, [[*_match(each.match), _crc(repr(each.parts))] for each in alike.variants]],
        "related": [others.found.total, [_match(hit.match) for hit in others.hits]],
    }


def vars_of(value: Any) -> dict[str, Any]:
    """Return the fields of a dataclass with slots."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _crc(text: str) -> str:
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"


if __name__ == "__main__":
    sys.exit(main())
