"""Doors: what one can do here, each with a sentence, a page and an example from the index as its page shows it."""

from dataclasses import dataclass, replace
from urllib.parse import quote

from markupsafe import Markup

from search_app.comparing.entrance import CountyYear, Entrance
from search_app.exporting import citation
from search_app.exporting.figure_wording import say_number
from search_app.model import Match
from search_app.query import Selection
from search_app.searching import Request
from search_app.web import urls
from search_app.web.view_models.charts.shares import say_percent
from search_app.web.view_models.charts.small_multiple import small_multiple
from search_app.web.view_models.links import Link, passage_url
from search_app.web.view_models.topic_views import TOPICS_PATH, address

#: So much of a heading or reason stands in an example.
_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One thing that can be done: its page, what it is good for, and an example, where the index has one.

    ``example`` leads to the example itself; ``told`` is said of it before, ``after`` it.
    """

    name: str
    url: str
    says: str
    told: str = ""
    example: Link | None = None
    after: str = ""
    picture: Markup | None = None
    further: Link | None = None


def doors(entrance: Entrance) -> tuple[Door, ...]:
    """Return the doors in the order in which they are needed: to find, compare, check, count, and be checked."""
    return (
        _find(entrance.practice),
        _compare(entrance.pair, entrance.topic),
        _check(entrance.county_year),
        _count(entrance),
        Door(
            name="查稿",
            url="/draft",
            says="粘贴或上传自己的草稿：缺哪几部分，哪些句子别处写过，哪里该有数字，有没有写错年份和地名。不保存。",
        ),
    )


def _find(practice: Match | None) -> Door:
    door = Door(name="找做法", url="/exemplary", says="各主题里写得具体、能照着做的段落，每段写明为什么。")
    if practice is None:
        return door
    passage, report = practice.passage, practice.report
    heading = passage.headings[-1] if passage.headings else citation.title(report)
    return replace(
        door,
        told=f"{citation.where(report)}：",
        example=Link(text=_short(heading), url=passage_url(passage)),
    )


def _compare(pair: tuple[Match, ...], topic: str | None) -> Door:
    door = Door(name="对照", url="/matrix", says="几个镇、几年并排看：同一件事各是怎么写的，谁写了、谁没写。")
    if len(pair) < 2 or topic is None:
        return door
    url = "/compare?" + "&".join(f"p={match.passage.id}" for match in pair)
    names = " 与 ".join(f"{match.report.town}（{match.report.year}）" for match in pair)
    return replace(
        door,
        told=f"{topic}：",
        example=Link(text=names, url=url),
    )


def _check(held: CountyYear | None) -> Door:
    door = Door(name="体检", url="/review", says="一个县各镇的报告缺不缺规定的部分，有没有照抄上年或别的镇。")
    if held is None:
        return door
    after = ""
    if held.copied is not None:
        after = f"，其中{held.copied.town}有 {say_percent(held.share)} 的文字与本镇上年相同"
    url = urls.build(Request(selection=Selection(county=(held.county,), year=(held.year,))), path=door.url)
    return replace(
        door,
        example=Link(text=f"{held.county} {held.year} 年度 {held.towns:,} 个镇", url=url),
        after=after,
    )


def _count(entrance: Entrance) -> Door:
    door = Door(name="数据", url="/figures", says="报告里数了什么：调解多少件、成功率多少，按主题、镇和年度列出来。")
    example, told = None, ""
    if entrance.counted is not None:
        match, figure = entrance.counted
        told = f"{match.report.town}（{match.report.year}）："
        said = f"{figure.what} {say_number(figure.number)} {figure.unit}"
        example = Link(text=said, url=f"{door.url}?what={quote(figure.what)}")
    elif entrance.topic is not None:
        example = Link(text=f"{entrance.topic}的数据", url=address(door.url, topic=entrance.topic))
    door = replace(door, told=told, example=example)
    history = entrance.history
    if history is None or len(history.years) < 2:
        return door
    first, last = history.years[0], history.years[-1]
    shares = [(each.year, each.share) for each in history.years]
    said = "，".join(f"{year} 年 {say_percent(share)}" for year, share in shares)
    ends = f"{first.year} 年 {say_percent(first.share)}，{last.year} 年 {say_percent(last.share)}"
    return replace(
        door,
        picture=small_multiple("door-history", f"写到{history.topic}的报告占：{said}", shares, (first.year, last.year)),
        further=Link(text=f"写到{history.topic}的报告：{ends}", url=address(TOPICS_PATH, topic=history.topic)),
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
