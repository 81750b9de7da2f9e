"""Site names: what a page's title says of the site around it, which is no part of the report's title."""

import re

from search_app.language.analysis.place_names import COMMON_COUNTY_ENDS, RENAMED_TOWN_SUFFIXES, either

_RULE = r"[-_|｜—–－·»•]"
_SITE = r"(?:门户网站|官方网站|政府网站?|政务网|信息网|新闻网|公开网|政务公开网|人民政府网|官网)"
#: A rule and the name of a site, an office or a place behind it.
_BEHIND_RULE = re.compile(
    rf"\s*{_RULE}+\s*[^-_|｜—–]*"
    rf"(?:网|网站|政府|频道|平台|公开|专栏|栏目|办事处|{either(*RENAMED_TOWN_SUFFIXES, *COMMON_COUNTY_ENDS)})\s*$"
)
#: The columns and sites that a page's title goes on with (…报告_街镇动态_某区人民政府).
_COLUMN = re.compile(r"(?<=[告结报况示案点读])\s*[-_|｜—–]+\s*[^年号]{2,40}$")
_BEHIND_BLANK = re.compile(rf"(?<=[告结报况示案点读\u4e00-\u9fff）)])\s+[\u4e00-\u9fff]{{2,18}}{_SITE}\s*$")
#: The name of a site, then the title.
_BEFORE = re.compile(rf"^\s*[\u4e00-\u9fff]{{2,18}}{_SITE}\s*{_RULE}*[:：]?\s*(?=[\u4e00-\u9fff\d]{{8}})")
_ALONE = re.compile(rf"[\u4e00-\u9fff]{{2,24}}(?:{_SITE}|(?:政府|政务)?信息公开(?:专栏|平台)|信息公开目录)")
_RULES = frozenset("-_|｜—–－·»•网")


def strip_site(title: str) -> str:
    """Return a title without the name of the site or column before or behind it."""
    if _RULES.isdisjoint(title) and "网" not in title:
        return title.strip()
    title = _COLUMN.sub("", _BEHIND_RULE.sub("", title))
    return _BEFORE.sub("", _BEHIND_BLANK.sub("", title)).strip()


def is_site(text: str) -> bool:
    """Say whether a line is the name of a site and nothing else."""
    return _ALONE.fullmatch("".join(text.split())) is not None
