"""Topics as their pages show them: the history of one over the years, all side by side, and a town's profile."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from search_app.comparing.topic_history import TopicHistory, TopicYear
from search_app.comparing.topic_profile import TopicProfile, TopicShare, select_place
from search_app.model import Facet
from search_app.query import Selection
from search_app.searching import Request
from search_app.web import urls
from search_app.web.view_models.charts.chart import Chart
from search_app.web.view_models.charts.line_plot import Line, Mark, line_plot
from search_app.web.view_models.charts.shares import paired_bar, say_percent
from search_app.web.view_models.charts.small_multiple import small_multiple
from search_app.web.view_models.links import Link

TOPICS_PATH, PROFILE_PATH = "/topics", "/profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRow:
    """One topic among all of them: a little picture of its years, and the same in numbers."""

    name: str
    url: str
    passages: int
    search: str
    picture: Markup | None
    years: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """One topic of a town beside its county; ``bars`` are the town's share above the median of the county's towns."""

    name: str
    bars: Markup
    passages: int
    search: str
    share: str
    median: str
    writers: int
    county_search: str
    history: str


def address(
    path: str, *, county: str | None = None, town: str | None = None, year: int | None = None, topic: str | None = None
) -> str:
    """Return the address of a page of topics with what it is asked."""
    return urls.build(Request(), path=path, topic=topic, county=county, town=town, year=year)


def topic_chart(history: TopicHistory, county: str | None) -> Chart | None:
    """Return the plot of a topic over the years; None where no report of a known year is held."""
    marks = tuple(
        Mark(year=each.year, value=round(each.share * 100, 1), said=_say_year(each), url=_search(history, each, county))
        for each in history.years
    )
    rows = tuple(
        (
            str(each.year),
            say_percent(each.share),
            f"{each.reports:,} / {each.held:,} 份",
            Link(text=f"{each.passages:,} 段", url=_search(history, each, county)) if each.passages else "0 段",
        )
        for each in history.years
    )
    return line_plot(
        id="history",
        title=f"{county or '收录的各县'}的报告里，写到“{history.topic}”的占多少",
        lines=(Line(name=history.topic, marks=marks),),
        columns=("年度", "写到的报告占", "写到的 / 当年收录", "写到的段落"),
        rows=rows,
        unit="%",
    )


def topic_rows(histories: Iterable[TopicHistory], county: str | None) -> tuple[TopicRow, ...]:
    """Return all topics side by side, those with the most passages first."""
    ordered = sorted(histories, key=lambda each: -each.passages)
    years = [each.year for history in ordered for each in history.years]
    span = (min(years), max(years)) if years else None
    return tuple(_topic_row(each, at, county, span) for at, each in enumerate(ordered, 1))


def _topic_row(history: TopicHistory, at: int, county: str | None, span: tuple[int, int] | None) -> TopicRow:
    told = "，".join(f"{each.year} 年 {say_percent(each.share)}" for each in history.years)
    title = f"{history.topic}：写到的报告占当年的{told}"
    shares = [(each.year, each.share) for each in history.years]
    within = select_place(county, None, None) if county else Selection()
    return TopicRow(
        name=history.topic,
        url=address(TOPICS_PATH, topic=history.topic, county=county),
        passages=history.passages,
        search=urls.build(Request(selection=within.with_values(Facet.TOPIC, (history.topic,)))),
        picture=small_multiple(f"topic-{at}", title, shares, span) if span else None,
        years=tuple(say_percent(each.share) for each in history.years),
    )


def _say_year(year: TopicYear) -> str:
    share = say_percent(year.share)
    return f"{year.year} 年度：{year.held:,} 份报告里 {year.reports:,} 份写到（{share}），{year.passages:,} 段"


def _search(history: TopicHistory, year: TopicYear, county: str | None) -> str:
    within = select_place(county, None, year.year) if county else Selection(year=(year.year,))
    return urls.build(Request(selection=within.with_values(Facet.TOPIC, (history.topic,))))


def profile_rows(profile: TopicProfile) -> tuple[ProfileRow, ...]:
    """Return the topics of a town's profile in the model's order."""
    most = max((max(each.share, each.median) for each in profile.topics), default=0.0) or 1.0
    return tuple(_profile_row(profile, each, most) for each in profile.topics)


def _profile_row(profile: TopicProfile, share: TopicShare, most: float) -> ProfileRow:
    own = select_place(profile.county, profile.town, profile.year).with_values(Facet.TOPIC, (share.topic,))
    county = select_place(profile.county, None, profile.year).with_values(Facet.TOPIC, (share.topic,))
    return ProfileRow(
        name=share.topic,
        bars=paired_bar(share.share, share.median, most=most),
        passages=share.passages,
        search=urls.build(Request(selection=own)),
        share=say_percent(share.share),
        median=say_percent(share.median),
        writers=share.writers,
        county_search=urls.build(Request(selection=county)),
        history=address(TOPICS_PATH, topic=share.topic, county=profile.county),
    )
