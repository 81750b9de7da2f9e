"""Why a passage is shown of whose text nothing is marked: by its heading, its place or year, its wording, its meaning.

In: a passage with its report, and what is marked in it. Out: a few words for the clerk, none where marks in the text
show it. Pure. The surprise: what only raises a score is no reason to be there.
"""

from collections.abc import Iterator

from search_app.facets import FACETS
from search_app.genres import find_genre
from search_app.model import Facet, Passage, Report, Snippet
from search_app.query import In, Node, Phrase, SaysAlike, Words, Years
from search_app.query.trees import walk
from search_app.searching.snippets import find_marks

#: So many values of fields are named.
_MOST = 3


def say_why(passage: Passage, report: Report, snippet: Snippet, marked: Node | None, chosen: Node | None) -> str:
    """Return why a passage is shown, where nothing in its snippet is marked; empty where something is.

    ``marked`` is the query whose words are marked, ``chosen`` the one that was searched for.
    """
    if chosen is None or any(piece.match for fragment in snippet.fragments for piece in fragment):
        return ""
    if any(find_marks(heading, marked, heading=True) for heading in passage.headings):
        return "在标题里"
    if any(isinstance(node, Words | Phrase) and node.field == "heading" for node in walk(marked)):
        return "在报告的题目里"  # which nothing else is looked for in
    if values := list(dict.fromkeys(_values(passage, report, marked)))[:_MOST]:
        return f"{'、'.join(values)}相符"
    return "写法相近" if isinstance(chosen, SaysAlike) else "意思相近"


def _values(passage: Passage, report: Report, marked: Node | None) -> Iterator[str]:
    """Yield what was asked for of the fields of a passage and its report, and holds."""
    for node in walk(marked):
        if isinstance(node, Years) and report.year and (node.first or 0) <= report.year <= (node.last or report.year):
            yield f"{report.year} 年度"
        elif isinstance(node, In) and _has(passage, report, node):
            yield FACETS[node.facet].say(node.value)


def _has(passage: Passage, report: Report, wanted: In) -> bool:
    match wanted.facet:
        case Facet.YEAR:
            return report.year == wanted.value
        case Facet.COUNTY:
            return bool(report.county) and str(wanted.value).endswith(report.county or "")
        case Facet.TOWN:
            return bool(report.town) and str(wanted.value).endswith(report.town or "")
        case Facet.SECTION:
            return passage.section == wanted.value
        case Facet.TOPIC:
            return wanted.value in passage.topics
        case Facet.GENRE:
            return find_genre(report.kind) == wanted.value
