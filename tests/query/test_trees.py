"""The algebra of query trees: joined, taken apart, walked over and replaced, whatever nodes stand in them."""

from hypothesis import given
from hypothesis import strategies as st

from search_app.model import Facet
from search_app.query import (
    About,
    AllOf,
    AnyOf,
    BestOf,
    In,
    Node,
    Not,
    Phrase,
    Raised,
    SaysAlike,
    SomeOf,
    Weighted,
    Words,
    Years,
)
from search_app.query.trees import (
    all_of,
    any_of,
    children,
    has_phrase,
    map_children,
    parts,
    plain_words,
    replace_node,
    some_of,
    walk,
)

A, B, C = Words(text="甲"), Words(text="乙"), Phrase(text="丙")
LEAVES: st.SearchStrategy[Node] = st.sampled_from(
    [
        A,
        B,
        C,
        In(facet=Facet.YEAR, value=2023),
        Years(first=2021, last=None),
        About(text="丁"),
        SaysAlike(text="己", least=0.6),
        Words(text="戊", field="heading"),
    ]
)


def _nested(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(below, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(lambda nodes: AllOf(children=nodes)),
        several.map(lambda nodes: AnyOf(children=nodes)),
        several.map(lambda nodes: SomeOf(children=nodes, least=1)),
        several.map(lambda nodes: BestOf(children=tuple(Weighted(node=node) for node in nodes))),
        below.map(lambda node: Raised(child=node, by=(Weighted(node=A),))),
        below.map(lambda node: Not(child=node)),
    )


TREES: st.SearchStrategy[Node] = st.recursive(LEAVES, _nested, max_leaves=12)


def test_one_node_is_its_own_conjunction_and_disjunction() -> None:
    assert all_of([A]) == any_of([A]) == some_of([A], 1) == A


def test_some_of_all_nodes_is_all_of_them_and_one_of_them_is_any() -> None:
    assert some_of([A, B], 2) == AllOf(children=(A, B))
    assert some_of([A, B], 1) == AnyOf(children=(A, B))
    assert some_of([A, B, C], 2) == SomeOf(children=(A, B, C), least=2)


def test_no_query_has_no_parts() -> None:
    assert parts(None) == ()


@given(st.lists(LEAVES, min_size=1, max_size=4))
def test_the_parts_of_a_conjunction_are_what_was_joined(nodes: list[Node]) -> None:
    assert parts(all_of(nodes)) == tuple(nodes)


def test_plain_words_are_those_without_a_field() -> None:
    assert plain_words(AllOf(children=(A, Words(text="乙", field="heading"), C))) == (A,)


@given(TREES)
def test_a_walk_comes_by_every_node_once_parents_first(tree: Node) -> None:
    walked = list(walk(tree))

    assert walked[0] == tree
    assert len(walked) == 1 + sum(len(list(walk(child))) for child in children(tree))


@given(TREES)
def test_a_walk_passes_by_what_is_excluded(tree: Node) -> None:
    assert list(walk(Not(child=tree))) == [Not(child=tree)]


def test_a_phrase_is_seen_wherever_it_is_asked_for_and_not_where_it_is_excluded() -> None:
    assert has_phrase(AnyOf(children=(A, BestOf(children=(Weighted(node=C),)))))
    assert not has_phrase(AllOf(children=(A, Not(child=C))))


@given(TREES)
def test_children_changed_into_themselves_leave_the_tree_as_it_is(tree: Node) -> None:
    assert map_children(tree, lambda child: child) == tree


@given(TREES)
def test_a_node_that_is_replaced_stands_nowhere_any_more_but_in_exclusions(tree: Node) -> None:
    new = Words(text="己")

    assert A not in list(walk(replace_node(tree, A, new)))
