"""A query tree back into text: as a query that parses to the same tree, and as a sentence for the page.

``to_text`` is what repaired queries are made of; ``describe`` is the 已按 … 检索 line.
"""

from search_app.facets import FACETS
from search_app.model import UNKNOWN
from search_app.query.lexer import OPERATOR_WORDS, WILD, has_prefix
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

#: So much of a long text is said in a sentence.
_SHOWN = 20
_SPECIAL = frozenset('()（）|｜"＂“”' + WILD)


def to_text(node: Node) -> str:
    """Return a query text that parses to this tree without notes.

    Words that would be read as a sign or a field are quoted, and so become a phrase of the same text; a full-width
    minus inside a word stays as it is, and is explained once more.
    """
    match node:
        case Words(text=text, field=field):
            return f"标题:{_bare(text)}" if field == "heading" else _plain(text)
        case Phrase(text=text, field=field):
            return ("标题:" if field == "heading" else "") + _quoted(text)
        case In(facet=facet, value=value):
            return f"{FACETS[facet].prefix}:{_bare(UNKNOWN if value is None else str(value))}"
        case Years(first=first, last=last):
            return f"年:{first or ''}..{last or ''}"
        case Not(child=child):
            return f"-({to_text(child)})" if isinstance(child, AllOf | AnyOf) else f"-{to_text(child)}"
        case AllOf(children=children):
            return " ".join(f"({to_text(child)})" if isinstance(child, AnyOf) else to_text(child) for child in children)
        case AnyOf(children=children):
            return " 或 ".join(to_text(child) for child in children)
        case SomeOf(children=children):
            return " 或 ".join(
                f"({to_text(child)})" if isinstance(child, AllOf) else to_text(child) for child in children
            )
        case BestOf(children=children):
            return to_text(children[0].node)
        case Raised(child=child):
            return to_text(child)
        case About(text=text) | SaysAlike(text=text):
            return _plain(text)


def describe(node: Node) -> str:
    """Return the question as a clerk would say it: 行政执法 并且 公示."""
    match node:
        case Words(text=text, field=field):
            return f"标题含 {text}" if field == "heading" else text
        case Phrase(text=text, field=field):
            return f"{'标题' if field == 'heading' else ''}原样含“{text}”"
        case In(facet=facet, value=value):
            return f"{FACETS[facet].prefix}为 {UNKNOWN if value is None else value}"
        case Years(first=first, last=last):
            return _describe_years(first, last)
        case Not(child=In(facet=facet, value=value)):
            return f"{FACETS[facet].prefix}不为 {UNKNOWN if value is None else value}"
        case Not(child=Phrase(text=text, field="any")):
            return f"不含“{text}”"
        case Not(child=child):
            return f"不含 {_grouped(child)}"
        case AllOf(children=children):
            return " 并且 ".join(_grouped(child) for child in children)
        case AnyOf(children=children):
            return " 或者 ".join(_grouped(child) for child in children)
        case SomeOf(children=children, least=least, weights=weights) if least <= min(weights, default=1):
            return " 或者 ".join(_grouped(child) for child in children)
        case SomeOf(children=children, least=least, weights=weights):
            many = "大部分" if weights else f" {least} 个"
            return f"{'、'.join(_grouped(child) for child in children)} 中的{many}"
        case BestOf(children=children):
            return describe(children[0].node)
        case Raised(child=child):
            return describe(child)
        case About(text=text):
            return f"与“{text}”相近"
        case SaysAlike(text=text):
            return f"写法与“{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}”相近"


def _describe_years(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return "任何年度"
    if first is None:
        return f"{last} 年及以前"
    if first == last:
        return f"{first} 年"
    return f"{first} 年及以后" if last is None else f"{first} 至 {last} 年"


def _grouped(node: Node) -> str:
    return f"（{describe(node)}）" if isinstance(node, AllOf | AnyOf | SomeOf) else describe(node)


def _quoted(text: str) -> str:
    """Return the text in the kind of quotes that does not occur in it."""
    return f"“{text}”" if '"' in text or "＂" in text else f'"{text}"'


def _plain(text: str) -> str:
    """Return the text as it is where it would be read as plain text again, else in quotes."""
    return _quoted(text) if text in OPERATOR_WORDS or text.startswith("-") or has_prefix(text) else _bare(text)


def _bare(value: str) -> str:
    readable = any(char.isalnum() for char in value) and not any(char.isspace() or char in _SPECIAL for char in value)
    return value if readable else _quoted(value)
