"""Reports of towns that do not exist, part by part, and an engine that holds them."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from search_app.model import Passage
from search_app.reviewing.part_floors import PARTS
from tests.engines.building import Filed, filed
from tests.engines.scanning import ScanningEngine

LONG = (
    "全年在村口的老樟树下开了九十场板凳会，把邻里间的水渠、林木和宅基地纠纷一件一件摆出来说清楚，说不清的请老支书来断。"
)
OTHER = "建成一站式接访大厅，群众来访当天有人接、三天有回音、半月有结果，重复访明显减少，越级访再没有发生，群众说好。"


def holding(*held: Filed) -> ScanningEngine:
    engine = ScanningEngine()
    with engine.writing() as writer:
        for report, passages in held:
            writer.put(report, passages)
    return engine


_NONE: Mapping[str, object] = MappingProxyType({})


def of(town: str, year: int | None, fields: Mapping[str, object] = _NONE, /, **parts: str) -> Filed:
    """Return a report of a town of 甲县 with one passage in each part that is named by its first character."""
    title = f"{town}{year or ''}年度报告"
    known = {"title": title, "county": "甲县", "town": town, "year": year, "year_source": "title"} | dict(fields)
    report, _ = filed(f"{known['county']}{town}{year or ''}.txt", *parts.values(), **known)
    sections = [next(each for each in PARTS if each.startswith(name)) for name in parts]
    passages = tuple(
        Passage(id=f"{report.id}-{at}", report=report.id, number=at, section=section, text=text)
        for at, (section, text) in enumerate(zip(sections, parts.values(), strict=True), start=1)
    )
    return report, passages


def between(text: str, filler: str) -> str:
    """Return a text with a filler behind every letter: nobody else has a run of it."""
    return "".join(char + filler for char in text)


def county() -> tuple[Filed, ...]:
    """Return a county in which everything occurs that a wall tells, and a town of another county.

    石桥镇 copied itself, 灯台镇 copied a part of 石桥镇, 云溪乡 left out two parts and wrote one in a sentence, 松岭乡
    handed in nothing for 2023, 白砾镇 did everything, though late; 望杉镇 names no year, 青蒲乡 reported on one person.
    """
    full: dict[str, str] = {"第": f"{OTHER}书记镇长带头学。", "主": LONG * 6, "不": OTHER[::-1], "下": LONG[::-1]}
    other, late = ({part: between(text, filler) for part, text in full.items()} for filler in "的又")
    in_time = {"issued": date(2024, 1, 9), "published": date(2024, 1, 20)}
    return (
        of("石桥镇", 2022, {"issued": date(2023, 1, 9)}, **full),
        of("石桥镇", 2023, in_time, **full),
        of("灯台镇", 2023, **(other | {"不": full["不"]})),
        of("云溪乡", 2023, 主="办了一件实事。", 下=between(OTHER, "也")),
        of("松岭乡", 2022, 主=between(LONG, "地")),
        of("白砾镇", 2023, {"issued": date(2024, 3, 5)}, **late),
        of("望杉镇", None, 主=between(LONG, "得")),
        of("青蒲乡", 2023, {"kind": "述职述廉报告"}, 主="个人述职。"),
        of("石桥镇", 2023, {"county": "乙县"}, 主=between(LONG, "过")),
    )
