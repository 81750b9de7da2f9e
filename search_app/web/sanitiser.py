"""The sanitiser: nh3, which is compiled and has no wheel for some machines (LoongArch, old systems).

Where it does not load, pages show the text of reports escaped, paragraph by paragraph, and ``search-app status`` says
so: nothing is lost but tables that look like tables.
"""

from collections.abc import Mapping
from functools import cache
from typing import Protocol


class Clean(Protocol):
    """What sanitises HTML: tags and attributes that are not named are taken out."""

    def __call__(self, html: str, *, tags: set[str], attributes: Mapping[str, set[str]]) -> str: ...


#: What the status says where there is none.
MISSING = "本机装不上 nh3：网页上报告正文里的表格按一行一段显示，文字一个不少。"


@cache
def find_sanitiser() -> Clean | None:
    """Return what sanitises HTML here; None where nh3 is not installed or does not load."""
    try:
        import nh3
    except (ImportError, OSError):
        return None

    def clean(html: str, *, tags: set[str], attributes: Mapping[str, set[str]]) -> str:
        return nh3.clean(html, tags=tags, attributes=dict(attributes))

    return clean
