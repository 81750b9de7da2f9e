"""Ranking weights: every number that decides the order of answers, each with its reason, in one place.

The order is by tier (:mod:`search_app.searching.rewriting.literal`: what holds the characters as typed, what holds the
words, what holds other wordings), in each by ``(1 + relevance) x practice x section x rarity of wording``; relevance is
BM25F's sum over the nodes of the tree. What each part gains is measured by ``python -m benchmarks.ablation``; a
:class:`Search` carries its ranking, so that a part can be switched off without a second code path.
"""

from dataclasses import dataclass, replace

#: So many places of a list are spread over towns; nobody reads on to where the order changes.
SPREAD = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The numbers of one ranking; 0 switches an addition off, 1 a factor."""

    #: Saturation and length normalisation of BM25 (S. Robertson and H. Zaragoza, 2009); Lucene has 0.75 for the second,
    #: but passages are cut to be of a length already.
    k1: float = 1.2
    b: float = 0.6
    #: A word in a heading says what the passage is about; one in the text may be said in passing.
    heading: float = 1.5
    #: What was typed, standing there as typed, is worth this share of its words again.
    literal: float = 0.25
    #: A word that is only part of another one (调解 in 人民调解员 as cut elsewhere) counts as so many of its own.
    fragment: float = 0.3
    #: Another wording counts so much, times the weight that the table gives it.
    synonym: float = 0.8
    #: Words understood one by one that stand side by side as typed gain this share of the whole phrase's score; judged
    #: queries do not tell the difference, but who types a sentence expects to see it first.
    together: float = 0.5
    #: A passage from the place or the year that was typed gains this much, whether its text names it or not.
    place: float = 8.0
    year: float = 4.0
    #: A passage that is about a topic which the question names gains so much.
    topic: float = 2.0
    #: A passage whose meaning is that of the words typed gains so much times the root of how many have one, less the
    #: less it is near: what words gain grows with their number, and a whole question says its meaning best.
    meaning: float = 25.0
    #: ... but no more than so much beside a line from a report: who pastes one looks for its wording, and being
    #: exemplary counts for nothing then.
    pasted: float = 3.0
    #: A passage in the part of the reports that the question names, on its topic, but without its words.
    part: float = 4.0
    #: A passage that tells where a lack comes from gains so many times the rarity of the word that tells it, where the
    #: question asks for causes.
    cause: float = 2.0
    #: Where few passages hold all words, those that hold most of them follow with this share of their score, and those
    #: that are near in meaning with that share.
    partial: float = 0.6
    near: float = 0.8
    #: The most concrete practice is worth this much more than a slogan that matches as well.
    exemplary: float = 0.4
    #: So many times as much where the question asks how others do it (经验, 案例, 怎么做); not of what is only near:
    #: who asks how disputes are settled does not want what is done well elsewhere.
    practice: float = 6.0
    #: How much of its score a passage keeps by the part of the report it is in; one not named keeps all.
    sections: tuple[tuple[str, float], ...] = (("导语", 0.8), ("其他", 0.8), ("下年度安排", 0.85), ("不足和原因", 0.9))
    #: Where a question asks how, and names no part, passages on what is lacking keep this share: they are short, and so
    #: dense in its words, but tell nothing of what can be done.
    lacking: float = 0.5
    #: Where a question leans to a part (不足, 打算), passages of the other parts keep this share.
    elsewhere: float = 0.2
    #: Wording that stands in many reports loses: the score is divided by 1 + this x the logarithm of how many.
    common: float = 0.1
    #: The second, third ... passage of the same town keeps this share of its score, this share of it again ...
    same_town: float = 0.94

    def for_practice(self) -> "Ranking":
        """Return the ranking for a question that asks how something is done."""
        lacking = dict(self.sections) | {"不足和原因": self.lacking}
        return replace(self, sections=tuple(lacking.items()))

    def of_section(self, section: str, leaning: tuple[str, ...]) -> float:
        """Return how much of its score a passage keeps by its section, in a question that leans to some."""
        if leaning:
            return 1.0 if section in leaning else self.elsewhere
        return dict(self.sections).get(section, 1.0)


RANKING = Ranking()
