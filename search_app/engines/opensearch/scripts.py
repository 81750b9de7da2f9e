"""Scripts: what the cluster reckons passage by passage, in Painless; the numbers of a ranking come as parameters.

Scores are doubles inside a script and floats between queries, so a score is exact to seven digits: the order of the
list goes by that, while the score that is shown is reckoned anew in our process (passage_scores.py).
"""

from typing import Any, TypeAlias

Script: TypeAlias = dict[str, Any]

#: BM25F of some words in passages that hold them, however they are cut (S. Robertson, H. Zaragoza 2009, section 3.6).
WORDS = """
double text = 1 - params.b + params.b * doc['words_length'].value / params.text_average;
double headings = 1 - params.b + params.b * doc['headings_length'].value / params.headings_average;
double score = params.base;
for (int i = 0; i < params.words.length; ++i) {
  double weight = params.heading * termFreq('heading_words', params.words[i]) / headings;
  if (params.in_text) { weight += termFreq('words', params.words[i]) / text; }
  if (weight == 0) { weight = params.fragment; }
  score += params.rarities[i] * weight * (params.k1 + 1) / (weight + params.k1);
}
return score;
"""

#: BM25's saturation of how often a phrase stands there, which the similarity "counted" gives once for each character.
PHRASE = """
double often = _score / params.characters;
return params.rarity * often * (params.k1 + 1) / (often + params.k1);
"""

#: A filter may be asked of rows that are no passages, before what keeps to these.
_DOT = """
if (doc['meaning'].size() == 0) { return params.none; }
int dot = 0;
def held = doc['meaning'].value;
for (int i = 0; i < params.meaning.length; ++i) { dot += held.bytes[held.offset + i] * params.meaning[i]; }
"""
#: How near a passage is in meaning: the cosine of two vectors of whole numbers.
NEARNESS = _DOT + "return dot < params.least ? 0 : Math.max(0, dot) / params.unit;"
IS_NEAR = _DOT + "return dot >= params.least;"

_EQUAL = """
if (doc['signature'].size() == 0) { return params.none; }
int equal = 0;
def held = doc['signature'].value;
for (int i = 0; i < params.signature.length; ++i) {
  if (held.bytes[held.offset + i] == params.signature[i]) { equal++; }
}
"""
#: How much of its wording a passage has in common with a text: the share of equal bytes of two MinHash signatures.
LIKENESS = _EQUAL + "return equal / (double) params.signature.length;"
IS_LIKE = _EQUAL + "return equal >= params.least;"

#: What a passage is worth whatever is asked, times what the query makes of it.
WORTH = """
double worth = 1 + params.practice * doc['exemplary'].value / 100.0;
long labels = doc['labels'].value;
worth *= params.sections[(int) (labels & 0xffffL)];
return (1 + _score) * worth / (1 + params.common * Math.log(doc['similar'].value + 1));
"""

#: The rank of a passage's place by its sound.
PLACE = "long labels = doc['labels'].value; return params.ranks[(int) (labels >>> 32)];"

#: One writer holds the lock until a moment of the cluster's own clock; whoever holds it may move that moment on.
TAKE_LOCK = """
if (ctx._source.owner != params.owner && ctx._source.until > ctx._now) { ctx.op = 'none'; }
else { ctx._source = params.holder; ctx._source.owner = params.owner; ctx._source.until = ctx._now + params.lease; }
"""
KEEP_LOCK = """
if (ctx._source.owner != params.owner) { ctx.op = 'none'; }
else { ctx._source.until = ctx._now + params.lease; }
"""
DROP_LOCK = "ctx.op = ctx._source.owner == params.owner ? 'delete' : 'none'"

#: Rows of a generation that later ones do not hold, or hold again where a run failed.
SET_GONE = "ctx._source.gone = params.gone"


def script(source: str, **params: Any) -> Script:
    """Return a script with its parameters, as a request holds it."""
    return {"source": source, "lang": "painless", "params": params}
