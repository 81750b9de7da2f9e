"""Exclusions in words: what a question asks to leave out (普法 不要学校, 除了学校以外的普法, 学校除外).

In goes what was typed, out comes the rest of it and the terms left out. The surprise: most signs are parts of words
that reports use (不作为, 排除隐患, 非法, 除险), so a sign counts only where the analyser parts it from a term of two
characters or more, where something else is left to search for, and where the index does not hold both as they stand.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search_app.language.analysis.folding import fold
from search_app.language.analysis.tokenizer import tokenize
from search_app.language.analysis.whole_words import find_whole_words
from search_app.language.question.faint_words import FAINT
from search_app.language.question.intent_words import MAX_ASKED
from search_app.lazy_patterns import lazy_pattern

_TERM = r"[^\s，,。；;？?！!]"
_BEGINS, _ENDS = r"(?:^|(?<=[\s，,。；;]))", r"(?=$|[\s，,。；;？?！!])"
_SIGN = (
    "(?:我?们?(?<!要)不(?:想|愿)?(?:要|看|含|包括|包含|涉及)|(?<!要)不要(?:看|包括|包含|涉及|有)?"
    "|排除(?:掉)?|剔除|去掉|除去|抛开|撇开)"
)
_TAIL = (
    "(?:里面?|方面|相关|有关)?(?:之类|[这那一]类|[这那]种|[这那]些|什么(?=的)|等等?)?(?:的(?:内容|段落|部分|情况)?)?"
)
_BESIDE = "(?:以外|之外|除外|外)"
#: What goes on behind an exclusion: 除了宪法日还搞了什么普法.
_STILL = "(?:还|也)(?:都|会|要|能)?(?:有|搞|做|干|办|抓|管|开展|组织|进行|采取)(?:了|过)?"
#: The first that fits at a place counts; ``term`` is left out, and so is what stands around it.
_PATTERNS = tuple(
    lazy_pattern(pattern)
    for pattern in (
        rf"{_BEGINS}除(?:了|去|开|掉)?(?P<term>{_TERM}{{2,12}}?){_TAIL}{_BESIDE}的?(?:还有|其他|其它|别的|都)*[，,]?",
        rf"{_BEGINS}除(?:了|去|开)(?P<term>{_TERM}{{2,12}}?)(?:的(?:其他|其它|别的)?|{_STILL}|{_TAIL}{_ENDS})",
        rf"{_BEGINS}(?P<term>{_TERM}{{2,8}}?){_TAIL}(?:除外|以外|之外|不要|不看|不算){_ENDS}",
        rf"{_BEGINS}{_SIGN}(?P<term>{_TERM}{{2,12}}?)(?:的(?=[^\s的内段部情])|{_TAIL}{_ENDS})",
        rf"{_BEGINS}不是(?P<term>{_TERM}{{2,12}}?)(?:上|里|方面)?的{_ENDS}",
        rf"{_BEGINS}非(?P<term>{_TERM}{{2,6}}?)(?:类|方面|的)+(?={_TERM}|$)",
        rf"{_BEGINS}非(?P<term>{_TERM}{{2,6}}?){_ENDS}",
    )
)
#: Typed without a space: only in what is short and asks for nothing (群众不要补偿款怎么办 leaves nothing out).
_JOINED = lazy_pattern(rf"(?<=[一-鿿]{{2}}){_SIGN}(?P<term>{_TERM}{{2,8}}?){_TAIL}$")
#: One of these is in every sign of an exclusion.
_SIGNS = frozenset("除外不去抛撇非")
_SHORT = 12
_ASKS = lazy_pattern("怎么|怎样|如何|咋|为什么|为何|吗|呢|[?？]")
_ABOUT = lazy_pattern("^(?:有关|关于|涉及|讲|提到?|写|那些|这些)")
_BETWEEN = lazy_pattern("(?:以及|和|与|及|或|、)")
#: Beside an exclusion what is wanted is said so: 只看干部的, 要村里的.
_ONLY = lazy_pattern(rf"{_BEGINS}(?:只|就)?(?:要|看|想要|想看)(?P<wanted>{_TERM}{{2,12}}?)的?{_ENDS}")
#: Words of law and of reports that begin with 非 and are cut behind it.
_ONE_WORD = lazy_pattern(
    "非(?:警务|现场|诉|法|遗|公|税|常|正常|涉密|接触|羁押|强制|职务|本地|住宅|居民|学科|粮|农|洲|煤|道路|标|必要|紧急|访|机动|"
    "上访|经营|营利|盈利|政府|财政|定向|公开|公有|国有|全日|在编|编|物质|典|凡|同寻常|因|比寻常|传统|户籍|户|婚|直接|主城|重点|行政)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusions:
    """What is left of a typed text, the terms to leave out, and the words that said so, as typed."""

    text: str
    terms: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def find_exclusions(text: str, is_held: Callable[[str], bool] = lambda _: False) -> Exclusions:
    """Return what a typed text asks to leave out; ``is_held`` tells whether reports have characters as they stand."""
    folded = fold(text)
    if len(folded) > MAX_ASKED:
        return Exclusions(text=text)
    terms: list[str] = []
    said: list[str] = []
    for found in _found(folded):
        start, end = found.span()
        named = [_bare(term) for term in _BETWEEN.split(found["term"]) if term]
        if all(map(_is_term, named)) and _is_sign(folded, found) and not is_held(folded[start : found.end("term")]):
            rest = f"{folded[:start]} {folded[end:]}"
            if _says_something(rest):
                terms += named
                said.append(text[start:end].strip(" ，,"))
                text, folded = f"{text[:start]} {text[end:]}", rest
    left = " ".join(re.split(r"[\s，,]+", _ONLY.sub(r"\g<wanted>", text))).strip() if terms else text
    return Exclusions(text=left, terms=tuple(dict.fromkeys(terms)), said=tuple(said))


def _found(folded: str) -> Iterator[re.Match[str]]:
    """Yield what looks like an exclusion, the last first, so that places before it stay as they are."""
    matches: list[re.Match[str]] = []
    if _SIGNS.isdisjoint(folded):
        return  # as most texts: no pattern has to be looked for, nor compiled
    for pattern in _PATTERNS:
        for found in pattern.finditer(folded):
            if not any(found.start() < other.end() and other.start() < found.end() for other in matches):
                matches.append(found)
    if not matches and len(folded) <= _SHORT and not _ASKS.search(folded):
        matches += _JOINED.finditer(folded)
    yield from sorted(matches, key=lambda found: -found.start())


def _bare(term: str) -> str:
    """Return a term without a verb before it (不要讲学校的), which may be the beginning of a word (不要讲座)."""
    return term if _is_term(term) else _ABOUT.sub("", term)


def _is_term(term: str) -> bool:
    """Tell whether a text is one or more words, no piece of one."""
    words = find_whole_words(term)
    first = next(iter(tokenize(term)), None)
    return (
        len(term) > 1
        and bool(words)
        and first is not None
        and len(first.text) > 1
        and not {word.text for word in words} <= FAINT
    )


def _is_sign(folded: str, found: re.Match[str]) -> bool:
    """Tell whether the analyser parts the words that say so from the term, and neither is part of another word."""
    if _ONE_WORD.match(folded, found.start()):
        return False
    edges = {found.start(), found.start("term"), found.end("term"), found.end()}
    return not any(
        token.start < edge < token.end for token in tokenize(folded) if len(token.text) < 4 for edge in edges
    )


def _says_something(text: str) -> bool:
    return not {token.text for token in tokenize(text)} <= FAINT
