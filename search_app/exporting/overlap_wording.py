"""How it is said that nearly all of a report stands in last year's."""

from search_app.comparing.report_overlap import MOSTLY

_DIGITS = "零一二三四五六七八九"

#: From so many tenths on a report is nearly last year's: 八成以上.
MOSTLY_SAID = f"{_DIGITS[MOSTLY // 10]}成以上"
