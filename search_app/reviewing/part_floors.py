"""Part floors: the parts that an annual report must have, from how many letters on one is more than thin, and from
which share of shared wording on it is called the same as another.

The numbers come from ``python -m benchmarks.review_floors corpus ../shared/reports``, which reads 42 reports. A part is
thin with fewer than half of the letters that the middle report has there: medians of 108, 628, 106 and 103, halves of
54, 314, 53 and 52, rounded down to 50 and 300. The shortest part that was written in earnest has 57, 467, 67 and 70, so
no honest report is called thin, and what is called so is a sentence or two. Letters are Han characters and others;
figures and punctuation do not count, as in ``language.similarity.shared_wording``.

What two towns say in the same words by chance is up to 13% of a part there; what was retold, 26% to 49%; what was taken
over with changes here and there, 57% and more. So half of a part parts copies from the rest.
"""

from collections.abc import Mapping
from types import MappingProxyType

from search_app.model import SECTIONS

#: The parts that the national rule on these reports prescribes, in its order.
PARTS = SECTIONS[1:5]
#: Letters from which on a part is more than thin.
THIN: Mapping[str, int] = MappingProxyType(dict(zip(PARTS, (50, 300, 50, 50), strict=True)))
#: The share of a part's letters from which on it says the same as a report that has them too.
COPIED = 0.5
