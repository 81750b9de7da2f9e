"""Masks: a query tree -> a query for the cluster that matches what the tree does, without a score."""

from collections.abc import Iterable, Iterator

import numpy as np

from search_app.engines.lookup_keys import LookupKey, Target, literal_of, split_words
from search_app.engines.opensearch.documents import short
from search_app.engines.opensearch.labels import Labels
from search_app.engines.opensearch.schema import ABOVE, SAID, Fields, all_of, any_of, none_of
from search_app.engines.opensearch.scripts import IS_LIKE, IS_NEAR, packed, script
from search_app.language import SIGNATURE_BYTES, UNIT, cut_terms, minhash, pack_embedding
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
    Words,
    Years,
)

_EVERYTHING: Fields = {"match_all": {}}
_NOTHING: Fields = {"match_none": {}}


def mask(node: Node, labels: Labels) -> Fields:
    """Return a query that matches what a node does."""
    match node:
        case Words():
            split = split_words(node)
            found = all_of(*map(holding, split.parts))
            return any_of(found, holding(split.literal)) if split.literal_adds else found
        case Phrase():
            return holding(literal_of(node))
        case In(facet=facet, value=value):
            return labels.accepting(facet, (value,))
        case Years(first=first, last=last):
            return labels.of_years(first, last)
        case Not(child=child):
            return none_of(mask(child, labels))
        case AllOf(children=children):
            return all_of(*(mask(child, labels) for child in children))
        case AnyOf(children=children):
            return any_of(*(mask(child, labels) for child in children))
        case SomeOf():
            return _some_of(node, [mask(child, labels) for child in node.children])
        case BestOf(children=ways):
            return any_of(*(mask(way.node, labels) for way in ways))
        case Raised(child=child):
            return mask(child, labels)
        case About():
            return _is_near(node)
        case SaysAlike():
            return _is_like(node)


def _some_of(node: SomeOf, masks: list[Fields]) -> Fields:
    if node.least <= 0:
        return _EVERYTHING
    if not node.weights:
        if node.least > len(masks):
            return _NOTHING
        return {"bool": {"should": masks, "minimum_should_match": node.least}}
    # what matches none would weigh 1: so everything does, beside what its parts do
    weights = [{"filter": one, "weight": weight} for one, weight in zip(masks, node.weights, strict=True)]
    return {
        "function_score": {
            "query": _EVERYTHING,
            "functions": [{"weight": 1}, *weights],
            "score_mode": "sum",
            "boost_mode": "replace",
            "min_score": node.least + 1,
        }
    }


def holding(key: LookupKey) -> Fields:
    """Return a query for passages in which something stands that is looked for."""
    if not key.text:
        return _NOTHING
    match key.target:
        case Target.WORD:
            return any_of(term("words", key.text), term("heading_words", key.text))
        case Target.HEADING_WORD:
            return term("heading_words", key.text)
        case Target.VERBATIM:
            return phrase(SAID, key.text)
        case Target.TITLE:
            return phrase(ABOVE, key.text)
        case Target.EITHER:
            return phrase(f"{SAID}.figures", key.text)
        case Target.HEADING:
            return phrase(f"{ABOVE}.figures", key.text)


def term(field: str, word: str) -> Fields:
    """Return a query for a word of the tokeniser's."""
    return {"term": {field: short(word)}}


def phrase(field: str, text: str) -> Fields:
    """Return a query for characters that stand side by side."""
    return {"match_phrase": {field: text}}


def _is_near(node: About) -> Fields:
    least = node.least * UNIT**2
    if least <= 0:
        return _EVERYTHING
    return {"script": {"script": script(IS_NEAR, none=False, wanted=meaning(node), least=least)}}


def meaning(node: About) -> str:
    """Return where a text lies among others, as scripts take it."""
    return packed(np.frombuffer(pack_embedding(cut_terms(node.text)), dtype=np.int8).tolist())


def _is_like(node: SaysAlike) -> Fields:
    equal = next((count for count in range(SIGNATURE_BYTES + 1) if count / SIGNATURE_BYTES >= node.least), None)
    if equal is None:
        return _NOTHING
    if equal == 0:
        return _EVERYTHING
    return {"script": {"script": script(IS_LIKE, none=False, wanted=signature(node), least=equal)}}


def signature(node: SaysAlike) -> str:
    """Return the signature of a text, as scripts take it."""
    return packed(np.frombuffer(minhash(node.text), dtype=np.int8).tolist())


def scored_keys(node: Node) -> Iterator[LookupKey]:
    """Yield what of a node has to be known how rare it is."""
    match node:
        case Words():
            split = split_words(node)
            yield from split.tokens or (split.literal,)
        case Phrase():
            yield literal_of(node)
        case AllOf(children=children) | AnyOf(children=children) | SomeOf(children=children):
            yield from _all_keys(children)
        case BestOf(children=ways):
            yield from _all_keys(way.node for way in ways)
        case Raised(child=child, by=others):
            yield from _all_keys((child, *(other.node for other in others)))


def _all_keys(nodes: Iterable[Node]) -> Iterator[LookupKey]:
    for node in nodes:
        yield from scored_keys(node)
