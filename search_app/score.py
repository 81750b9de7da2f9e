"""Data classes of an explained score: its parts, each with a value and a sentence. Engines compute it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class ExplanationPart(StrEnum):
    """What a part of a score's explanation is about."""

    SCORE = "score"  # the whole score of a listed passage
    RELEVANCE = "relevance"  # what the query makes of it, on top of what every passage found gets
    FOUND = "found"  # what every passage found gets
    ALL_OF = "all_of"
    ANY_OF = "any_of"
    SOME_OF = "some_of"
    BEST_OF = "best_of"  # several ways to say the same, of which the best counts
    WAY = "way"  # one of them, with its weight
    RAISED = "raised"  # what matches, and what is added to it
    TOGETHER = "together"  # added as the words typed stand side by side
    TOPIC = "topic"  # added as the passage is about a topic
    MEANING = "meaning"  # added as the passage is near in meaning
    ADDED = "added"  # added for anything else
    WEIGHT = "weight"  # how much such a way or addition counts
    WORDS = "words"  # words typed together
    WORD = "word"
    LITERAL = "literal"  # the words stand there as they were typed
    PHRASE = "phrase"
    RARITY = "rarity"  # the fewer passages hold it, the more it counts
    SATURATION = "saturation"  # how often it is said, each time counting less than the one before
    FREQUENCY = "frequency"  # how often it is said, over all fields
    IN_TEXT = "in_text"
    IN_HEADINGS = "in_headings"
    FRAGMENT = "fragment"  # its characters stand there, cut into other words
    OCCURRENCES = "occurrences"
    DAMPING = "damping"
    FIELD_VALUE = "field_value"  # a town, year, section ... that was named
    NEARNESS = "nearness"  # of meanings
    LIKENESS = "likeness"  # of wording, to a text
    EXCLUDED = "excluded"  # it does not hold what it should not
    PRACTICE = "practice"
    SECTION = "section"
    WORDING = "wording"  # how many passages say it in nearly the same words
    TIER = "tier"  # whether it holds what was typed as it was typed, which decides before the score
    SPREAD = "spread"  # how many passages of the same town stand before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One part of why a passage has its score: a value, how its own parts make it up, and a sentence for a clerk.

    ``how`` says what the values of ``parts`` give ``value`` by; one without parts is ``given``.
    """

    part: ExplanationPart
    value: float
    how: Literal["sum", "product", "max", "given"]
    message: str
    parts: tuple["Explanation", ...] = ()
