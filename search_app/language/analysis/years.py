"""Years: which numbers are taken for years, and how a year is written.

The ranges differ because a wrong guess costs differently: whoever types a year means one, a keeper who enters one may
have slipped, and the year that a report reports on must be one that such reports exist for.
"""

from search_app.language.analysis.han_numbers import DIGITS, TYPED_ZEROS

#: Typed with a field's name (年:1950): any year that may stand in a text; what is not held is said by the catalogue.
ASKED_YEARS = range(1900, 2101)
#: Entered by the keeper for a report: anything else is a slip of the hand.
ENTERED_YEARS = range(1949, 2101)
#: Found in a report as the one it reports on: the outline that ordered these reports is of 2004.
REPORTED_YEARS = range(2004, 2050)
#: In digits in any text, of this century or the last: laws and papers are named by the years of both.
DIGIT_YEAR = r"(?:19|20)\d\d"
#: In characters, of this century: 二〇二三.
HAN_YEAR = f"二[{TYPED_ZEROS}][{TYPED_ZEROS}{DIGITS}]{{2}}"
