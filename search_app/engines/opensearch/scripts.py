"""Scripts: what the cluster reckons passage by passage, in Painless; the numbers of a ranking come as parameters.

Scores are doubles inside a script and floats between queries, so a score is exact to seven digits: the order of the
list goes by that, while the score that is shown is reckoned anew in our process (passage_scores.py).
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

Script: TypeAlias = dict[str, Any]

#: BM25F of some words in passages that hold them, however they are cut (S. Robertson, H. Zaragoza 2009, section 3.6).
WORDS = """
double b = params.b;
double text = 1 - b + b * (long) doc['words_length'].value / (double) params.text_average;
double headings = 1 - b + b * (long) doc['headings_length'].value / (double) params.headings_average;
double heading = params.heading, k1 = params.k1, score = params.base;
boolean inText = params.in_text;
List words = params.words, rarities = params.rarities;
for (int i = 0; i < words.size(); ++i) {
  String word = (String) words.get(i);
  double weight = heading * termFreq('heading_words', word) / headings;
  if (inText) { weight += termFreq('words', word) / text; }
  if (weight == 0) { weight = params.fragment; }
  score += (double) rarities.get(i) * weight * (k1 + 1) / (weight + k1);
}
return score;
"""

#: BM25's saturation of how often a phrase stands there, which the similarity "counted" gives once for each character.
PHRASE = """
double often = _score / params.characters;
return params.rarity * often * (params.k1 + 1) / (often + params.k1);
"""


def _beside(column: str) -> str:
    """Return how a script begins that goes through the bytes of a column beside those asked for.

    These come as a text (:func:`packed`), since elements of a list have no declared type and cost some twenty times as
    much. A filter may be asked of rows that are no passages, before what keeps to these.
    """
    return f"""
def column = doc['{column}'];
if (column.size() == 0) {{ return params.none; }}
BytesRef held = column.value;
byte[] bytes = held.bytes;
int at = held.offset;
String wanted = params.wanted;
"""


_DOT = (
    _beside("meaning")
    + """
int dot = 0;
for (int i = 0; i < wanted.length(); ++i) { dot += bytes[at + i] * ((int) wanted.charAt(i) - 256); }
"""
)
#: How near a passage is in meaning: the cosine of two vectors of whole numbers.
NEARNESS = _DOT + "return dot < params.least ? 0 : Math.max(0, dot) / params.unit;"
IS_NEAR = _DOT + "return dot >= params.least;"

_EQUAL = (
    _beside("signature")
    + """
int equal = 0;
for (int i = 0; i < wanted.length(); ++i) {
  if (bytes[at + i] == (byte) ((int) wanted.charAt(i) - 256)) { equal++; }
}
"""
)
#: How much of its wording a passage has in common with a text: the share of equal bytes of two MinHash signatures.
LIKENESS = _EQUAL + "return equal / (double) wanted.length();"
IS_LIKE = _EQUAL + "return equal >= params.least;"

#: What a passage is worth whatever is asked, times what the query makes of it.
WORTH = """
List sections = params.sections;
long points = (long) doc['exemplary'].value, labels = (long) doc['labels'].value, similar = (long) doc['similar'].value;
double worth = (1 + (double) params.practice * points / 100.0) * (double) sections.get((int) (labels & 0xffffL));
return (1 + _score) * worth / (similar == 0 ? 1 : 1 + (double) params.common * Math.log(similar + 1));
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


def packed(numbers: Iterable[int]) -> str:
    """Return numbers from -128 to 127 as the text in which a script takes them: characters, 256 up."""
    return "".join(chr(256 + number) for number in numbers)
