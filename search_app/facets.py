"""Facets: what answers can be narrowed by, one class per facet, which knows all that is said and read of it.

In: a facet's name (:class:`search_app.model.Facet`, the name in URLs, JSON and on the command line). Out: how a page
and the terminal call it, the prefix it has in a query, how its values are read, said and ordered. Whoever lists facets
walks over :data:`FACETS`, so to add one is a member of ``Facet``, a class here, and a column in each engine.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from search_app.errors import BadSearch
from search_app.genres import GENRES
from search_app.language.analysis.folding import fold
from search_app.language.analysis.han_numbers import surely_arabic_digits
from search_app.language.analysis.years import ASKED_YEARS
from search_app.lazy_patterns import lazy_pattern
from search_app.model import SECTIONS, TOPICS, UNKNOWN, Facet, FacetValue, Value

#: More empty years than this between two reports are a mistake in a date, not news.
LONGEST_GAP = 15
_SPAN = lazy_pattern(r"(\d{4})?\s*年?度?\s*(?:\.\.+|…|-|—+|－|~|～|至|到)\s*(\d{4})?\s*年?度?")
_YEAR = lazy_pattern(r"(\d{4})\s*年?度?")
#: So much of what is no year is repeated in the message.
_SHOWN = 64
_STRICT_YEAR = lazy_pattern(r"[1-9][0-9]{3}")


def is_shown(item: FacetValue) -> bool:
    """Tell whether a value holds something, or is ticked or excluded."""
    return bool(item.count or item.selected or item.excluded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a text behind a field prefix means: one value, or a span of years (an open end is None).

    ``remark`` says in Chinese what was mended; where ``usable`` is false, why the text is no value of the facet.
    """

    value: Value = None
    span: tuple[int | None, int | None] | None = None
    usable: bool = True
    remark: str = ""


class FacetClass(ABC):
    """One facet, with all that is said and read of it.

    ``label`` heads its panel, ``name`` stands in a sentence, ``prefixes`` before a colon in a query; ``narrows`` is how
    an option says what it keeps. ``panel`` is its place among the panels. ``of_report``: all passages of a report share
    its value. ``suggested``: its rank among what is offered while typing, 0 where its values are not.
    """

    facet: ClassVar[Facet]
    label: ClassVar[str]
    name: ClassVar[str]
    prefixes: ClassVar[tuple[str, ...]]
    narrows: ClassVar[str]
    panel: ClassVar[int]
    of_report: ClassVar[bool]
    suggested: ClassVar[int] = 0
    #: Every value, where these are fixed beforehand.
    values: ClassVar[tuple[str, ...]] = ()
    #: A passage may have no value; every passage has a section.
    may_be_unknown: ClassVar[bool] = True
    #: Values run from the newest to the oldest, whatever their counts.
    chronological: ClassVar[bool] = False

    @property
    def prefix(self) -> str:
        """Return the prefix that a query is written back with."""
        return self.prefixes[0]

    def read(self, text: str) -> Value:
        """Return the value that a URL or an option writes so. Raises BadSearch where it cannot be one."""
        return None if text == UNKNOWN else text

    def read_option(self, text: str) -> Value:
        """Return the value that an option on the command line writes so. Raises BadSearch where it cannot be one."""
        return self.read(text)

    def interpret(self, text: str) -> Meant:
        """Return what a clerk means who typed a text behind the prefix; never raises."""
        return Meant(value=None if text == UNKNOWN else text)

    def is_worth_showing(self, values: Sequence[FacetValue]) -> bool:  # noqa: ARG002 - most facets always are
        """Tell whether the values of an answer leave a choice that is worth its place on a page."""
        return True

    def say(self, value: Value) -> str:
        """Return a value in the words of a page."""
        return UNKNOWN if value is None else str(value)

    def arrange(self, values: Iterable[FacetValue]) -> list[FacetValue]:
        """Return the values that hold something or are chosen in the order of a page: chosen first, then by count."""
        return sorted(filter(is_shown, values), key=self._page_key)

    def arrange_by_name(self, values: Iterable[FacetValue]) -> list[FacetValue]:
        """Return the values that are shown in the order of their names, the unknown one last.

        Places are ordered by their sound, which :mod:`search_app.searching.value_sounds` knows.
        """
        names = {name: at for at, name in enumerate(self.values)}
        return sorted(
            filter(is_shown, values),
            key=lambda item: (item.value is None, names.get(str(item.value), len(names)), str(item.value)),
        )

    def _page_key(self, item: FacetValue) -> tuple[object, ...]:
        name = UNKNOWN if item.value is None else str(item.value)
        return not item.selected, not item.excluded, -item.count, item.value is None, name

    def refuse(self, value: Value) -> str | None:  # noqa: ARG002 - any value may be held one day
        """Return why no report could ever have a value, in Chinese; None where one could."""
        return None


class YearFacet(FacetClass):
    """The year reported on, read as a year or a span of years, shown newest first with the empty years between."""

    facet = Facet.YEAR
    label, name, prefixes, narrows = "年度", "年度", ("年", "年度", "year"), "只看这一年度"
    panel, of_report, chronological = 2, True, True

    def read(self, text: str) -> Value:
        if text == UNKNOWN:
            return None
        if not _STRICT_YEAR.fullmatch(text):
            raise BadSearch(f"“{text[:_SHOWN]}”不是年度", hint="年度请写四位数字，例如 2023。")
        return int(text)

    def read_option(self, text: str) -> Value:
        year = text.removesuffix("年")
        if year != UNKNOWN and not (year.isdecimal() and len(year) == 4):
            raise BadSearch(f"应为四位年份或“{UNKNOWN}”。")
        return None if year == UNKNOWN else int(year)

    def interpret(self, text: str) -> Meant:
        if text == UNKNOWN:
            return Meant()
        plain = surely_arabic_digits(text).strip()
        if (single := _YEAR.fullmatch(plain)) and int(single.group(1)) in ASKED_YEARS:
            return Meant(value=int(single.group(1)))
        found = _SPAN.fullmatch(plain)
        first, last = (int(year) if year else None for year in found.groups()) if found else (None, None)
        if not (first or last) or any(year is not None and year not in ASKED_YEARS for year in (first, last)):
            remark = f"“{text}”不是年度，已按普通文字检索。年度写作 年:2023 或 年:2021..2023。"
            return Meant(usable=False, remark=remark)
        if first is not None and last is not None and first > last:
            return Meant(span=(last, first), remark=f"年度区间“{text}”前后颠倒，已按 {last} 至 {first} 年检索。")
        return Meant(span=(first, last))

    def arrange(self, values: Iterable[FacetValue]) -> list[FacetValue]:
        """Return the years from new to old; a short gap is news and is shown as years without reports."""
        kept = list(filter(is_shown, values))
        known = {item.value: item for item in kept if isinstance(item.value, int)}
        years = sorted(known, reverse=True)
        found: list[FacetValue] = []
        for place, year in enumerate(years):
            found.append(known[year])
            gap = range(year - 1, years[place + 1], -1) if place + 1 < len(years) else range(0)
            if len(gap) <= LONGEST_GAP:
                found += [FacetValue(value=empty, count=0, reports=0) for empty in gap]
        return found + [item for item in kept if item.value is None]

    def arrange_by_name(self, values: Iterable[FacetValue]) -> list[FacetValue]:
        """Return the years in order: from new to old, as they always stand."""
        return self.arrange(values)


class PlaceFacet(FacetClass):
    """A place: any name is accepted, because links outlive the reports they name."""

    of_report = True


class CountyFacet(PlaceFacet):
    """The county (or district, or city of that rank) that a town belongs to."""

    facet = Facet.COUNTY
    label, name, prefixes = "县（区、市）", "县", ("县", "区", "市", "county")
    narrows, panel, suggested = "只看这个县（区、市）", 6, 3


class TownFacet(PlaceFacet):
    """The town; by its bare name where only one county has it, else county and town."""

    facet = Facet.TOWN
    label, name, prefixes = "乡镇（街道）", "镇", ("镇", "乡", "街道", "town")
    narrows, panel, suggested = "只看这个镇（乡、街道）", 3, 2


class ListedFacet(FacetClass):
    """A facet whose values are fixed beforehand; a piece of a name means the one name that it fits."""

    of_report = False

    def interpret(self, text: str) -> Meant:
        if text == UNKNOWN:
            return Meant()
        folded = fold(text)
        fitting = [value for value in self.values if self._fits(folded, value)]
        if folded in self.values:
            return Meant(value=folded)
        if len(text) > 1 and len(fitting) == 1:
            return Meant(value=fitting[0])
        remark = f"没有“{text}”这个{self.name}，已按普通文字检索。{self.name}有：{'、'.join(self.values)}。"
        return Meant(usable=False, remark=remark)

    @staticmethod
    @abstractmethod
    def _fits(text: str, value: str) -> bool:
        """Tell whether a piece of a name may mean a value."""

    def refuse(self, value: Value) -> str | None:
        if value is None or value in self.values:
            return None
        return f"没有“{value}”{self._of_this_kind}，可选：{'、'.join(self.values)}。"

    _of_this_kind: ClassVar[str]


class SectionFacet(ListedFacet):
    """The part of a report that a passage stands in."""

    facet = Facet.SECTION
    label, name, prefixes, narrows = "章节类型", "章节", ("章节", "section"), "只看这类章节"
    panel, values, may_be_unknown, _of_this_kind = 4, SECTIONS, False, "这种章节类型"

    @staticmethod
    def _fits(text: str, value: str) -> bool:
        return text in value


class TopicFacet(ListedFacet):
    """What a passage is about; a passage on no topic was read well enough, it just has none, and is listed last."""

    facet = Facet.TOPIC
    label, name, prefixes, narrows = "主题", "主题", ("主题", "topic"), "只看这个主题"
    panel, suggested, values, _of_this_kind = 5, 1, TOPICS, "这个主题"

    @staticmethod
    def _fits(text: str, value: str) -> bool:
        return value.startswith(text)  # from the front only: 主题:法治 does not mean 数字法治

    def say(self, value: Value) -> str:
        return "未归类" if value is None else str(value)

    def _page_key(self, item: FacetValue) -> tuple[object, ...]:
        return item.value is None, *super()._page_key(item)


class GenreFacet(ListedFacet):
    """What kind of paper a report is; a clerk may name one of the kinds that a genre is made of (工作要点)."""

    facet = Facet.GENRE
    label, name, prefixes, narrows = "文种", "文种", ("文种", "genre"), "只看这种文件"
    panel, values, may_be_unknown, _of_this_kind = 1, tuple(GENRES), False, "这种文种"
    of_report = True

    def is_worth_showing(self, values: Sequence[FacetValue]) -> bool:
        """Tell whether there are several genres; where all is of one, nobody needs to be told of which."""
        return len(values) > 1 or any(each.selected or each.excluded for each in values)

    @staticmethod
    def _fits(text: str, value: str) -> bool:
        return text in value or any(text in kind for kind in GENRES[value])


_CLASSES: tuple[type[FacetClass], ...] = (YearFacet, TownFacet, CountyFacet, SectionFacet, TopicFacet, GenreFacet)
#: Every facet by its name, in the order in which the command line lists them.
FACETS: Mapping[Facet, FacetClass] = {kind.facet: kind() for kind in _CLASSES}
#: Short groups first, so that all panels can be reached without a long way down.
PANELS: tuple[FacetClass, ...] = tuple(sorted(FACETS.values(), key=lambda kind: kind.panel))
#: The facets whose values are offered while typing, in the order in which they are.
SUGGESTED: tuple[FacetClass, ...] = tuple(
    sorted((kind for kind in FACETS.values() if kind.suggested), key=lambda kind: kind.suggested)
)
#: The facet that each prefix of a query names, in lower case.
PREFIXES: Mapping[str, Facet] = {prefix: kind.facet for kind in FACETS.values() for prefix in kind.prefixes}
