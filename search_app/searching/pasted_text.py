"""Pasted text: a paragraph in the search box asks where the same is said: word by word, in nearly the same, in part.

In: a text longer than anybody types. Out: an answer in two parts, as for words: passages that hold the whole wording or
say nearly the same, the passage itself first, and those that hold sentences of it, or where none does, are near in
meaning. The surprise: what a passage is worth whatever is asked (practice, section, town) does not count here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search_app.engines.base import Engine
from search_app.language import squeeze
from search_app.language.similarity.near_duplicates import THRESHOLD
from search_app.lazy_patterns import lazy_pattern
from search_app.query import (
    MAX_PASTED,
    MAX_QUERY,
    About,
    AllOf,
    AnyOf,
    Node,
    Not,
    Note,
    NoteKind,
    Phrase,
    Raised,
    Ranking,
    SaysAlike,
    Search,
    SomeOf,
    Weighted,
)
from search_app.searching.rewriting.filters_in_the_way import Without, find_without, is_filtered
from search_app.searching.rewriting.intent import QueryIntent
from search_app.searching.rewriting.near_part import Near, find_near
from search_app.searching.rewriting.pipeline import Answer, say_time
from search_app.searching.rewriting.rewriter import OutOfTime, Rewriter

#: A text is a paragraph from so many characters on, where it has the signs of sentences, or runs on without a blank
#: for so many.
PARAGRAPH, RUN = 60, 40
#: Shorter clauses are set phrases that many passages share, longer ones are cut into shingles of so many characters,
#: one of which a changed word spoils; of them so many are looked for, spread over the text.
CLAUSE, SHINGLE, MOST_CLAUSES = 6, 12, 16
#: So many passages at most are listed for sharing clauses; else more of them are demanded together.
MANY = 100
#: How near in meaning passages have to be (cosines), tried in turn where no clause is held.
_NEARNESS = (0.7, 0.6, 0.5)
#: Whoever holds the whole wording comes before whoever says nearly the same, whose share is at most 1.
_WHOLE = 100.0
_RANKING = Ranking(exemplary=0.0, sections=(), elsewhere=1.0, common=0.0, same_town=1.0)
_SENTENCE_SIGN = lazy_pattern("(?s)[。！？；\n]|，.*，")
_CLAUSE_SIGN = lazy_pattern(r"[。！？；，、：:;,!?\n]+")
_EDGES = " \t\n。；，、：;,“”\"'"
_QUOTED = lazy_pattern('[“"][^“”"]*[”"]')
_DONE = Note(
    kind=NoteKind.PASTED,
    message="像是粘贴的一段话，已查找与它相同或相近的段落：一字不差的在前，写法相近的其次，含有其中句子的最后。",
)
_TOO_LONG = Note(
    kind=NoteKind.TOO_LONG,
    message=f"粘贴的文字超过 {MAX_PASTED:,} 个字，只用了前 {MAX_PASTED:,} 个字。要查后面的，请分几次粘贴。",
)
_IN_THE_WAY = Note(kind=NoteKind.FILTERS, message="在选定的筛选条件下没有找到；去掉下列条件之一即可看到结果。")
_NONE = Note(kind=NoteKind.NO_MATCH, message="没有与这段文字相同或相近的段落。可以只粘贴其中一两句，或改用几个词检索。")
_NEAR_ONLY = Note(kind=NoteKind.NEAR, message="没有哪一段含有其中的句子，以下是意思相近的段落。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A pasted text as it is asked for: ``same`` finds its whole wording and what is nearly the same."""

    text: str
    same: Node
    clauses: tuple[Phrase, ...]

    @property
    def marks(self) -> Node:
        """Return what is marked in a passage."""
        return AnyOf(children=(Phrase(text=self.text.strip(_EDGES)), *self.clauses))


def is_pasted(text: str) -> bool:
    """Tell whether a text is a paragraph rather than a query: longer than any, or long and in sentences or one run."""
    text = text.strip()
    if _QUOTED.fullmatch(text) and len(text) <= MAX_QUERY:
        return False  # these very characters are asked for
    if len(text) <= PARAGRAPH:
        return False
    runs_on = max(map(len, text.split()), default=0) > RUN
    return len(text) > MAX_QUERY or runs_on or _SENTENCE_SIGN.search(text) is not None


def read_wording(text: str) -> Wording:
    """Return a pasted text, as much of it as is used, as what is asked for."""
    text = text.strip()[:MAX_PASTED]
    whole = Phrase(text=text.strip(_EDGES))
    alike: tuple[Node, ...] = (SaysAlike(text=text, least=THRESHOLD),)
    found = AnyOf(children=(whole, *alike) if squeeze(whole.text) else alike)
    same = Raised(child=found, by=(Weighted(node=whole, weight=_WHOLE),))
    return Wording(text=text, same=same, clauses=tuple(_clauses(text)))


def answer_pasted(engine: Engine, search: Search, text: str) -> Answer:
    """Answer where a pasted text is said, within the filters of a search. Raises IndexProblem."""
    wording = read_wording(text)
    rewriter = Rewriter(engine, QueryIntent(query=None), also=False, ranking=_RANKING, deadline=search.deadline)
    asked = replace(search, query=wording.same)
    found = rewriter.search(asked)
    notes: tuple[Note, ...] = (_DONE, *((_TOO_LONG,) if len(text.strip()) > MAX_PASTED else ()))
    gone, near, hurried = tuple[Without, ...](), None, False
    try:
        query = _find_parts(rewriter, wording)
        near = _near(rewriter, asked, query, before=found.listed)
        if isinstance(query, About) and not found.total:
            notes = (*notes, _NEAR_ONLY)
        if not found.total and not (near is not None and near.found.total):
            gone = find_without(rewriter, asked) if is_filtered(asked) else ()
            notes = (*notes, _IN_THE_WAY if gone else _NONE)
    except OutOfTime:
        hurried = True
    shown = near.found if near is not None and not found.total else found
    return Answer(
        found=found,
        asked=rewriter.prepare(asked),
        near=near,
        chosen=SaysAlike(text=wording.text, least=THRESHOLD),
        rewritten=wording.marks,
        hurried=hurried,
        notes=(*say_time(shown, hurried=hurried), *notes),
        without=gone,
    )


def _near(rewriter: Rewriter, asked: Search, query: Node | None, *, before: int) -> Near | None:
    if query is None:
        return None
    others = Not(child=asked.query) if asked.query is not None else None
    apart = AllOf(children=(query, others)) if others is not None else query
    return find_near(rewriter, replace(asked, query=apart), before=before)


def _find_parts(rewriter: Rewriter, wording: Wording) -> Node | None:
    """Return the query for passages that hold clauses of the text, or are near in meaning; None where none are.

    Of the clauses, as many are demanded together as leave no more than many passages.
    """
    clauses = wording.clauses
    if clauses and rewriter.count(AnyOf(children=clauses)):
        low, high = 1, len(clauses)
        while low < high:  # how many passages hold so many clauses only falls with their number
            middle = (low + high) // 2
            if rewriter.count(SomeOf(children=clauses, least=middle)) <= MANY:
                high = middle
            else:
                low = middle + 1
        return SomeOf(children=clauses, least=low)
    for nearness in _NEARNESS:
        about = About(text=wording.text[:MAX_QUERY], least=nearness)
        if rewriter.count(about):
            return about
    return None


def _clauses(text: str) -> Iterator[Phrase]:
    """Yield clauses of a text, each once, in the order of the text: the longest, or of many long ones every so many."""
    clauses = [clause.strip(_EDGES) for clause in _CLAUSE_SIGN.split(text)]
    said = dict.fromkeys(shingle for clause in clauses for shingle in _shingles(squeeze(clause)))
    long = [clause for clause in said if len(clause) >= SHINGLE]
    if len(long) > MOST_CLAUSES:
        chosen = {long[at * len(long) // MOST_CLAUSES] for at in range(MOST_CLAUSES)}
    else:
        chosen = set(sorted(said, key=len, reverse=True)[:MOST_CLAUSES])
    yield from (Phrase(text=clause) for clause in said if clause in chosen and len(clause) >= CLAUSE)


def _shingles(clause: str) -> Iterator[str]:
    """Yield a clause, or what it is cut into where it is long, the last piece the longest."""
    count = max(len(clause) // SHINGLE, 1)
    for at in range(count):
        yield clause[at * SHINGLE : (at + 1) * SHINGLE if at + 1 < count else None]
