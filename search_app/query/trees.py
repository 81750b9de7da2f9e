"""The algebra of query trees: join nodes, take a tree apart, walk over it, replace a node in it.

Every rewriting step works with these, so that none has to know how a tree of one node differs from one of several. The
surprise: joining never flattens; who wants a flat conjunction joins the parts (:func:`parts`) of its nodes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from search_app.query.nodes import (
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
    Words,
    Years,
)


def all_of(nodes: Sequence[Node]) -> Node:
    """Return the tree that asks for all of the nodes (at least one); a single node is its own conjunction."""
    return nodes[0] if len(nodes) == 1 else AllOf(children=tuple(nodes))


def any_of(nodes: Sequence[Node]) -> Node:
    """Return the tree that asks for any of the nodes (at least one)."""
    return nodes[0] if len(nodes) == 1 else AnyOf(children=tuple(nodes))


def some_of(nodes: Sequence[Node], least: int) -> Node:
    """Return the tree that asks for at least so many of the nodes: all, any, or in between."""
    if least == len(nodes):
        return all_of(nodes)
    return AnyOf(children=tuple(nodes)) if least == 1 else SomeOf(children=tuple(nodes), least=least)


def parts(query: Node | None) -> tuple[Node, ...]:
    """Return what a query asks for together: the children of a conjunction, else the query itself; none of nothing."""
    if query is None:
        return ()
    return query.children if isinstance(query, AllOf) else (query,)


def plain_words(query: Node | None) -> tuple[Words, ...]:
    """Return the parts of a query that are plain words, typed without a field before them."""
    return tuple(part for part in parts(query) if isinstance(part, Words) and part.field == "any")


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes below one that decide whether it matches; what only raises a score, or excludes, is left out."""
    match node:
        case AllOf(children=below) | AnyOf(children=below) | SomeOf(children=below):
            return below
        case BestOf(children=weighted):
            return tuple(way.node for way in weighted)
        case Raised(child=child):
            return (child,)
        case Words() | Phrase() | In() | Years() | About() | SaysAlike() | Not():
            return ()


def walk(query: Node | None) -> Iterator[Node]:
    """Yield the nodes of a query in reading order, parents first; what it excludes is passed by."""
    waiting = [query] if query is not None else []
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def has_phrase(query: Node | None) -> bool:
    """Tell whether a query asks for exact characters."""
    return any(isinstance(node, Phrase) for node in walk(query))


def map_children(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return the node with each of its children changed; leaves and exclusions stay as they are."""
    match node:
        case AllOf(children=below) | AnyOf(children=below) | SomeOf(children=below):
            return replace(node, children=tuple(map(change, below)))
        case BestOf(children=weighted):
            return replace(node, children=tuple(replace(way, node=change(way.node)) for way in weighted))
        case Raised(child=child):
            return replace(node, child=change(child))
        case _:
            return node


def replace_node(query: Node, old: Node, new: Node) -> Node:
    """Return the query with one of its nodes replaced wherever it stands; what it excludes stays."""
    return new if query == old else map_children(query, lambda child: replace_node(child, old, new))
