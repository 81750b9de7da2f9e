"""Kept files: what cannot be made again, and where it lies: baskets with their key, settings, the own list of places.

Reports, corrections beside them and tables are files of the administrator's own, the index is made from them; none of
them is in a backup.
"""

from dataclasses import dataclass
from pathlib import Path

from search_app.collecting.database import FILE as BASKETS
from search_app.settings import SETTINGS_FILE, Settings

#: The key that cookies and forms are signed with, beside the baskets, and how many bytes it has.
SECRET, SECRET_BYTES = "secret.key", 32
PLACES = "gazetteer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A kind of file that is kept: its name in a backup, what a clerk calls it, and the most bytes that it may have."""

    name: str
    label: str
    most: int


#: In the order in which they are put back: the baskets last, in a transaction that ends well or changes nothing.
KEPT = (
    Kept(name=SETTINGS_FILE, label="设置文件", most=1 << 20),
    Kept(name=PLACES, label="自己的地名表", most=64 << 20),
    Kept(name=SECRET, label="素材夹的密钥", most=4096),
    Kept(name=BASKETS, label="素材夹", most=2 << 30),
)
LABELS = {each.name: each.label for each in KEPT}


def locate(name: str, settings: Settings) -> Path | None:
    """Return where a kept file lies under these settings; None where they name no place for it."""
    match name:
        case "gazetteer":
            return settings.gazetteer
        case "search-app.toml":
            return Path(SETTINGS_FILE)
        case _:
            return settings.basket_folder() / name
