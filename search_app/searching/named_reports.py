"""Named reports: those that a query names by town (and year) and nothing else, offered as a direct way.

In: a query and the catalogue of the index. Out: up to three reports, newest first.
"""

import re
from collections.abc import Iterable
from itertools import chain

from search_app.language import squeeze_with_offsets
from search_app.language.analysis.place_names import COUNTY_ENDS, TOWN_SUFFIXES, either
from search_app.language.analysis.years import DIGIT_YEAR
from search_app.model import REPORT_KIND, Facet, Report
from search_app.query import In, Node, Words
from search_app.query.trees import parts
from search_app.searching.catalogue import PLACES, Catalogue

#: How many reports are offered.
MAX_DIRECT = 3
_YEAR = re.compile(rf"({DIGIT_YEAR})年?度?")
_PLACE_OR_YEAR = re.compile(either(*TOWN_SUFFIXES, *COUNTY_ENDS, DIGIT_YEAR))
#: What a clerk adds to a town's name when the whole report is meant.
_REPORT_WORDS = (REPORT_KIND, "法治政府建设", "年度报告", "工作报告", "人民政府", "情况报告", "报告", "的")


def find_named_reports(catalogue: Catalogue, query: Node | None) -> tuple[Report, ...]:
    """Return the reports that a query names: a town's name (and a year) and nothing else; none of another query."""
    together = parts(query)
    years = {part.value for part in together if isinstance(part, In) and part.facet is Facet.YEAR}
    text = ""
    for part in together:
        match part:
            case Words(text=words, field="any"):
                text += words
            case In(facet=facet, value=str(place)) if facet in PLACES:
                text += place
            case In(facet=Facet.YEAR):
                pass
            case _:
                return ()
    rest = squeeze_with_offsets(text)[0]
    years |= {int(year) for year in _YEAR.findall(rest)}
    rest = _YEAR.sub("", rest)
    named = {rest[at:end] for at in range(len(rest)) for end in range(at + 2, len(rest) + 1)}
    candidates = chain.from_iterable(catalogue.by_town[town] for town in named & catalogue.by_town.keys())
    fitting = [report for report in candidates if _names(rest, report) and (not years or report.year in years)]
    return tuple(sorted(fitting, key=lambda report: (-(report.year or 0), report.path))[:MAX_DIRECT])


def may_name_report(query: Node | None) -> bool:
    """Tell, without asking the engine, whether a query might name a place or a year."""
    return any(
        (isinstance(part, Words) and _PLACE_OR_YEAR.search(squeeze_with_offsets(part.text)[0])) or isinstance(part, In)
        for part in parts(query)
    )


def _names(text: str, report: Report) -> bool:
    """Tell whether the text is the report's town, perhaps with the places above it, and words that mean a report."""
    if not report.town:
        return False
    rest = text
    for name in _longest_first((report.town, report.county, report.city, report.province)):
        if name == squeeze_with_offsets(report.town)[0] and name not in rest:
            return False
        rest = rest.replace(name, "", 1)
    for word in _REPORT_WORDS:
        rest = rest.replace(word, "")
    return not rest


def _longest_first(names: Iterable[str | None]) -> list[str]:
    return sorted((squeeze_with_offsets(name)[0] for name in names if name), key=len, reverse=True)
