"""Lazy patterns: regular expressions that are compiled when they are first asked for.

Compiling takes up to some milliseconds for a long one, and one command asks for few of all there are.
"""

import re
from typing import Any, cast


class _LazyPattern:
    """Compiles itself at the first use, and then hands out what the compiled pattern has."""

    def __init__(self, pattern: str) -> None:
        self._written = pattern

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what copying and the like look for; no pattern is wanted for that
            raise AttributeError(name)
        compiled = re.compile(self._written)
        for each in ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern"):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def lazy_pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern that is compiled at its first use; a wrong one is found then."""
    return cast("re.Pattern[str]", _LazyPattern(pattern))
