"""How the oracle explains a score: part by part, as it scored it."""

from search_app.engines import score_sentences
from search_app.engines.score_sentences import Saturation, Spread, Tier
from search_app.model import Passage, Report
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
    Search,
    SomeOf,
    Words,
    Years,
)
from search_app.score import Explanation
from tests.engines.scanning_scores import Scorer


def explain_passage(
    scorer: Scorer, search: Search, report: Report, passage: Passage, *, before: int | None
) -> Explanation:
    """Return why a passage has its score; ``before`` are the passages of its town that are listed before it."""
    spread = None if before is None else Spread(search.ranking.same_town**before, before)
    tree = None if search.query is None else explain_node(scorer, search.query, report, passage)
    tier = None if tree is None else Tier(scorer.tier(search.first, report, passage), len(search.first))
    return score_sentences.explain_score(tree, scorer.priors(passage), spread, tier)


def explain_node(scorer: Scorer, node: Node, report: Report, passage: Passage) -> Explanation:
    def explained(child: Node) -> Explanation:
        return explain_node(scorer, child, report, passage)

    def matches(child: Node) -> bool:
        return scorer.matches(child, report, passage)

    match node:
        case Words():
            return _explain_words(scorer, node, report, passage)
        case Phrase():
            often = scorer.occurrences(node, report, passage)
            return score_sentences.explain_phrase(node, scorer.rarity(node), Saturation(often, scorer.saturated(often)))
        case In() | Years():
            return score_sentences.explain_value(node, scorer.relevance(node, report, passage))
        case About():
            return score_sentences.explain_nearness(node, scorer.relevance(node, report, passage))
        case SaysAlike():
            return score_sentences.explain_likeness(node, scorer.relevance(node, report, passage))
        case Not():
            return score_sentences.explain_exclusion(node)
        case AllOf(children=children) | AnyOf(children=children) | SomeOf(children=children):
            return score_sentences.explain_several(node, map(explained, filter(matches, children)))
        case BestOf(children=ways):
            return score_sentences.explain_best((way, explained(way.node)) for way in ways if matches(way.node))
        case Raised(child=child, by=others):
            added = ((other, explained(other.node)) for other in others if matches(other.node))
            return score_sentences.explain_raised(explained(child), added)


def _explain_words(scorer: Scorer, node: Words, report: Report, passage: Passage) -> Explanation:
    literal = None
    if scorer.literally(node, report, passage):
        literal = score_sentences.explain_literal(node, scorer.ranking.literal, scorer.literal_rarity(node))
    return score_sentences.explain_words(
        node, (_explain_word(scorer, token, node, passage) for token in scorer.wanted(node)), literal
    )


def _explain_word(scorer: Scorer, token: str, node: Words, passage: Passage) -> Explanation:
    weight = scorer.weight(token, passage, node)
    return score_sentences.explain_word(
        node,
        token,
        scorer.word_rarity(token, node),
        scorer.fields(token, passage, node),
        Saturation(weight, scorer.saturated(weight)),
    )
