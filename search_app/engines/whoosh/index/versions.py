"""Versions: what an index must have been built with to be searched by this program."""

from search_app.language import ANALYSER_VERSION, dictionary_version, meanings_version

#: Raised with every change of what segments hold, or of how they hold it.
SCHEMA_VERSION = "13"


def versions() -> dict[str, str]:
    """Return what an index must have been built with to be searched by this program."""
    return {
        "schema": SCHEMA_VERSION,
        "analyser": ANALYSER_VERSION,
        "dictionary": dictionary_version(),
        "meanings": meanings_version(),
    }
