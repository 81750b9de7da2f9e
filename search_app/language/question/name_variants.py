"""Name variants: the other ways in which the name of a practice is written: 1+3+N and 一加三加N, with “” and without.

In: a typed text. Out: texts that name the same, to be found as they stand. Figures that are joined by signs or stand
beside a letter are counted off one by one (1+3+N); quotation marks and 、 are put where words of the text meet, and
taken from where they were typed. The surprise: what is one word of the dictionary is no name, and stays as it is.
"""

from collections.abc import Iterator
from itertools import islice

from search_app.language.analysis.folding import fold, squeeze
from search_app.language.analysis.han_numbers import DIGITS, arabic_digits, digits_in_characters
from search_app.language.analysis.signed_words import find_longest
from search_app.language.question.synonyms import synonym_words
from search_app.lazy_patterns import lazy_pattern

#: So many other ways of writing at most for one name.
MOST = 8
#: A name has at least and at most so many characters.
_SHORTEST, _LONGEST = 3, 12
_COUNTED = f"[1-9{DIGITS}]"
#: Figures and letters counted off: with signs between them, or figures in characters before or behind a letter.
_CHAIN = lazy_pattern(
    rf"(?<![0-9a-z.]){_COUNTED}(?:\+(?:{_COUNTED}|[a-z]))+(?![0-9a-z.%])|(?<![{DIGITS}])[{DIGITS}]+[nx](?![a-z])"
)
#: The sign between them, as it is said: 一加五加N.
_SAID = lazy_pattern(rf"(?<={_COUNTED})加(?=(?:{_COUNTED}加)*[nx](?![a-z]))")
#: What a practice is, at the end of its name: reports have it or not (四步调解法, 林权四步调解).
_WHAT_IT_IS = lazy_pattern("(?:工作法|工作机制|机制|制度|模式|法|制)$")
#: Without it so many characters are a name still.
_SHORTEST_BARE = 4
#: What parts a name and may be missing in it.
_PARTING = lazy_pattern("[“”\"'‘’「」『』《》、·—–-]")


def vary_name(text: str) -> tuple[str, ...]:
    """Return the other ways to write a text as a name, at most :data:`MOST`; empty where it is none."""
    typed = squeeze(text)
    if not _SHORTEST <= len(typed) <= _LONGEST or (len(find_longest(text)) < 2 and not _CHAIN.search(typed)):
        return ()
    made = (way for way in dict.fromkeys(_ways(typed)) if fold(way) != typed)
    return tuple(islice(made, MOST))


def shorten_name(text: str) -> str:
    """Return a name without the word at its end for what it names; empty where there is none, or too little is left."""
    typed = squeeze(text)
    bare = _WHAT_IT_IS.sub("", typed)
    is_name = _SHORTEST_BARE <= len(bare) < len(typed) <= _LONGEST and len(find_longest(bare)) > 1
    return bare if is_name and bare not in synonym_words() else ""


def _ways(typed: str) -> Iterator[str]:
    bare = _SAID.sub("+", _PARTING.sub("", typed))
    yield bare
    chain = _CHAIN.search(bare)
    if chain:
        for written in _counted(chain.group()):
            yield bare[: chain.start()] + written + bare[chain.end() :]
            if chain.group() != bare:
                yield f"{bare[: chain.start()]}“{written}”{bare[chain.end() :]}"
        return
    for at in sorted({token.end for token in find_longest(bare)} - {len(bare)}):
        if at > 1 and any(char.isalpha() for char in bare[:at]):
            yield f"“{bare[:at]}”{bare[at:]}"
        if at > 1 and at * 2 in range(len(bare) - 1, len(bare) + 2):
            yield f"{bare[:at]}、{bare[at:]}"


def _counted(chain: str) -> Iterator[str]:
    """Yield figures counted off in all ways: 1+3+N, 一三N, 一加三加N."""
    members = [member for member in chain if member != "+"]
    yield "+".join(arabic_digits(member) if member in DIGITS else member for member in members)
    in_characters = [digits_in_characters(member) if member.isdecimal() else member for member in members]
    yield "".join(in_characters)
    yield "加".join(in_characters)
