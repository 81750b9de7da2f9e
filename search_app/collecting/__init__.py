"""Collecting: passages that a browser keeps, in baskets of its own, as they were when they were collected.

In: a passage and its report (a :class:`Snapshot`), and the key of a browser, which is all that is known of whose it is.
Out: baskets in the order of whoever made them, with headings and notes; how each passage stands in the index of today.

``basket`` holds the nouns, ``limits`` what is too long or too much, ``snapshot_json`` how a snapshot is written down,
``database`` the file, ``copies`` what is taken of it and put back, ``desk`` every edit, ``store`` the door, ``changed``
the comparison with the index of today.
The surprise: what is removed stays for a week, so that every removal can be undone.
"""

from search_app.collecting.basket import (
    UNNAMED,
    Added,
    Basket,
    Heading,
    Item,
    Kept,
    Label,
    Mark,
    Marks,
    Removal,
    Snapshot,
)
from search_app.collecting.changed import Standing, State, stand
from search_app.collecting.desk import Desk
from search_app.collecting.limits import was
from search_app.collecting.store import Store

__all__ = [
    "UNNAMED",
    "Added",
    "Basket",
    "Desk",
    "Heading",
    "Item",
    "Kept",
    "Label",
    "Mark",
    "Marks",
    "Removal",
    "Snapshot",
    "Standing",
    "State",
    "Store",
    "stand",
    "was",
]
