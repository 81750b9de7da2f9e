"""Words of a table: what an entry stands for, and what a pattern can begin with.

In goes an entry as it is written (``执法(人员|队)``), out come the plain words that it stands for. The surprise: an
entry with a gap (``宣传.{0,4}法``) is refused for topics, because passages are looked up word by word there.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product

from search_app.errors import ConfigError

_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]()|]")
_PIECE = re.compile(
    r"\((?P<group>[^()?\\.*+{}\[\]^$][^()\\.*+{}\[\]^$]*)\)(?P<maybe_group>\??)|\[(?P<set>[^\]\\^-]+)\](?P<maybe_set>\??)"
    r"|(?P<char>[^\\.^$*+?{}\[\]()|])(?P<maybe_char>\??)"
)
_BEGINNING = re.compile(r"(?:\((?P<group>[^()]+)\)|(?P<char>[^\\.^$*+?{}\[\]()|]))(?P<maybe>[?*{]?)")
_MOST_WRITTEN_OUT = 400


def written_out(entry: str, *, where: str) -> tuple[str, ...]:
    """Return the plain words that an entry stands for. Raises ConfigError where that cannot be told."""
    choices: list[list[str]] = []
    at, total = 0, 1
    for found in _PIECE.finditer(entry):
        if found.start() != at:
            break
        at = found.end()
        choices.append(list(_options(found)))
        total *= len(choices[-1])
    if at != len(entry) or total > _MOST_WRITTEN_OUT:
        raise ConfigError(
            f"词表{where}里，“{entry}”写法有误。",
            hint="这张表里只能写文字，以及 (甲|乙)、[一二]、字后面的问号；请检查括号，或换回原来的文件。",
        )
    return tuple(dict.fromkeys(word for parts in product(*choices) if len(word := "".join(parts)) > 1))


def _options(found: re.Match[str]) -> Iterator[str]:
    """Yield what one piece of an entry may be."""
    if found["group"] is not None:
        yield from found["group"].split("|")
    elif found["set"] is not None:
        yield from found["set"]
    else:
        yield found["char"]
    if found["maybe_group"] or found["maybe_set"] or found["maybe_char"]:
        yield ""


def beginnings(words: Sequence[str]) -> str:
    """Return a character class of all that the words can begin with, or nothing where that cannot be told."""
    made: list[str] = []
    for word in words:
        if word.startswith("\\d"):
            made.append("\\d")
            continue
        found = _BEGINNING.match(word)
        if found is None:
            return ""
        options = found["group"].split("|") if found["group"] else [found["char"]]
        if not all(options) or found["maybe"] or any(_SPECIAL.match(one) for one in options):
            return ""
        made += [one[0] for one in options]
    return "".join(dict.fromkeys(made))
