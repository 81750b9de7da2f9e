"""The held index: one generation of an opened index, which goes on answering while newer ones come into use.

Whoever puts a page together asks many questions and wants them answered by one generation; who makes the next one ready
does so while visitors are answered by this one. A generation that turns out to be damaged is set aside for all, and
whichever answers instead is held from then on.
"""

from search_app.engines.whoosh.index.current import Entry, Named
from search_app.engines.whoosh.index.manifest import Manifest
from search_app.engines.whoosh.index.opened_index import OpenedIndex, Use
from search_app.errors import IndexDamaged


class HeldIndex:
    """A generation that stays in use; shared by all threads."""

    def __init__(self, index: OpenedIndex, use: Use) -> None:
        self.opened: Use | None = use
        self._use = use
        self._index = index

    def use(self) -> Use:
        """Return the generation that is held."""
        return self._use

    def set_aside(self, asked: Use | None) -> bool:
        """Look whether the generation that failed a question is damaged; True = ask again, another one answers now."""
        found = self._use
        if asked is not found:
            return True
        try:
            found.snapshot.check()
        except IndexDamaged as problem:
            self._index.put_aside(found, problem.message)
            self.opened = self._use = self._index.use()
            return True
        return False

    def named(self, *, rebuild: bool) -> Named:
        """Return the generations that a writer builds upon, the newest there are."""
        return self._index.named(rebuild=rebuild)

    def checked(self, entry: Entry) -> tuple[Entry, Manifest]:
        """Return a generation's manifest, its files checked but for the blocks of large segments."""
        return self._index.checked(entry)

    def close(self) -> None:
        """Do nothing: files are released with the last reference."""
