"""The rewriter (query expansion): each word with its other wordings, the whole with topic and meaning.

In: an intended or chosen query. Out: its tree in other ways (other_ways.py), raised where a passage is about the topic
that is named, or near in meaning, with what has to stand first.
"""

from dataclasses import dataclass, replace

from search_app.engines.base import Engine
from search_app.language import squeeze
from search_app.model import Found
from search_app.query import (
    RANKING,
    BestOf,
    Deadline,
    Node,
    Note,
    NoteKind,
    Ranking,
    Search,
    Weighted,
)
from search_app.searching.catalogue import catalogue_of
from search_app.searching.rewriting.held_figures import find_held_figures
from search_app.searching.rewriting.held_wordings import find_held
from search_app.searching.rewriting.intent import QueryIntent
from search_app.searching.rewriting.literal import is_statement, read_clauses, read_line, tiers
from search_app.searching.rewriting.other_ways import Known, OtherWays
from search_app.searching.rewriting.subject import raise_tree, tell_meaning

#: So many other wordings are named to the clerk.
MOST_SHOWN = 6

#: Longer texts are lines from a report: nobody asks at such length, and who pastes one wants its very words.
LONGEST_ASKED = 40

#: No filter at all.
_EVERYWHERE = Search()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """The query to ask the engine, and what to tell the clerk."""

    query: Node | None
    notes: tuple[Note, ...] = ()


class OutOfTime(Exception):
    """Nothing further can be counted; whoever counts does without what the count was to decide."""


class Rewriter:
    """Rewrites queries for one engine and one intent, and asks the engine with the rewritten ones.

    Every query is given as it was intended or chosen; ``also`` adds the other wordings.
    """

    def __init__(
        self,
        engine: Engine,
        intent: QueryIntent,
        *,
        text: str = "",
        also: bool = True,
        ranking: Ranking = RANKING,
        deadline: Deadline | None = None,
    ) -> None:
        self._engine, self._given, self._deadline = engine, ranking, deadline
        self.intent, self._text = intent, text
        line = read_line(text)
        held = line is not None and engine.count(Search(query=line, deadline=deadline))
        # Who pastes a line wants that line: where it or a clause is held, its single words are looked for as they are.
        self._line = line if held else None
        self._is_held = find_held(engine, self.is_late)
        clauses = () if intent.practice or intent.leaning else read_clauses(text)  # a question is nobody's wording
        self._clauses = tuple(clause for clause in clauses if self._is_held(clause.text))
        self.also = also and not held and not self._clauses
        self.ranking, self.near_ranking = self._rankings(ranking)
        self.catalogue = catalogue_of(engine)
        self.about = tell_meaning(intent.about) if also else intent.about
        self._known: dict[Node, Rewritten] = {}
        self._parts: Known = {}
        self._tiers: dict[Node | None, tuple[Node, ...]] = {}
        self._figures = find_held_figures(engine, self._is_held)

    def _rankings(self, given: Ranking) -> tuple[Ranking, Ranking]:
        """Return by what is ranked what holds that which is asked for, and what is only near."""
        if self._line is not None or self._clauses:
            pasted = replace(given, meaning=min(given.meaning, given.pasted), exemplary=0)
            return pasted, pasted
        asks = self.intent.practice or self.intent.how
        if is_statement(self._text) and not (asks or self.intent.leaning or self.intent.placed):
            given = replace(given, exemplary=0)
        if asks and not self.intent.leaning:
            given = given.for_practice()
        if not self.intent.practice:
            return given, given
        return replace(given, exemplary=given.exemplary * given.practice), given

    def for_intent(self, intent: QueryIntent) -> "Rewriter":
        """Return the rewriter for another intent, with the same engine and options."""
        return Rewriter(
            self._engine, intent, text=self._text, also=self.also, ranking=self._given, deadline=self._deadline
        )

    def prepare(self, search: Search, *, near: bool = False) -> Search:
        """Return a search with its query rewritten, and the ranking that the intent asks for.

        ``near``: what it finds does not hold what was asked for, so that being exemplary says less for it.
        """
        query, asked = self.rewrite(search.query).query, search.query
        if asked not in self._tiers:
            leaning, practice = self.intent.leaning, self.intent.practice
            whole = asked if asked == self.intent.query else None  # one of many words, as typed, puts nothing first
            self._tiers[asked] = tiers(
                whole, self._line, self._clauses, self._spell, leaning=leaning, practice=practice
            )
        first = self._tiers[asked]
        ranking = self.near_ranking if near else self.ranking
        return replace(search, query=query, first=first, leaning=self.intent.leaning, ranking=ranking)

    def search(self, search: Search, *, near: bool = False) -> Found:
        """Answer a search with its query rewritten; ``near`` as in :meth:`prepare`."""
        return self._engine.search(self.prepare(search, near=near))

    def count(self, query: Node | None, *, within: Search = _EVERYWHERE) -> int:
        """Return how many passages a query finds, rewritten, within the filters of a search.

        Raises OutOfTime once the deadline has come, after counting too: what came back may be a part only.
        """
        self._watch_time()
        asked = replace(within, query=self.rewrite(query).query, ranking=self.ranking, deadline=self._deadline)
        total = self._engine.count(asked)
        self._watch_time()
        return total

    def is_late(self) -> bool:
        """Tell whether the deadline has come."""
        return self._deadline is not None and self._deadline.is_over()

    def _watch_time(self) -> None:
        if self.is_late():
            raise OutOfTime

    def rewrite(self, query: Node | None) -> Rewritten:
        """Return the rewritten query; each is rewritten once."""
        if query is None:
            return Rewritten(query=None)
        if query not in self._known:
            self._known[query] = self._rewrite(query)
        return self._known[query]

    def _raise(self, tree: Node) -> Node:
        return raise_tree(self.intent, tree, self.ranking, self.about)

    def _spell(self, query: Node) -> Node:
        """Return a query with its figures in their other spellings, and no other wordings."""
        return OtherWays(False, self.ranking, {}, self._is_held, self._figures, spelt=self._line is None).tree(query)

    def _rewrite(self, query: Node) -> Rewritten:
        walk = OtherWays(
            self.also and len(self._text) <= LONGEST_ASKED,
            self.ranking,
            self._parts,
            self._is_held,
            self._figures,
            spelt=self._line is None,
        )
        tree = walk.tree(query)
        if self._line is not None and query == self.intent.query:  # whatever was understood of it, it is found
            tree = BestOf(children=(Weighted(node=tree), Weighted(node=self._line)))
        if isinstance(tree, BestOf):  # each way by itself, so that what is near stays below what was asked for
            tree = BestOf(children=tuple(replace(way, node=self._raise(way.node)) for way in tree.children))
        else:
            tree = self._raise(tree)
        others = list(dict.fromkeys(other for other in walk.others if squeeze(other) not in walk.typed))
        return Rewritten(query=tree, notes=(_also(others),) if others else ())


def _also(others: list[str]) -> Note:
    more = f"等 {len(others)} 种说法" if len(others) > MOST_SHOWN else ""
    return Note(kind=NoteKind.ALSO, message=f"也搜了{''.join(f'“{other}”' for other in others[:MOST_SHOWN])}{more}。")
