"""Libraries older than Python 3.12: imported without the warnings about their text that it would show to a clerk."""

import warnings
from importlib import import_module
from types import ModuleType


def import_quietly(name: str) -> ModuleType:
    """Import a module, and give it; where its source is compiled for that, what is wrong with its text is not said."""
    with warnings.catch_warnings():
        for kind in (SyntaxWarning, DeprecationWarning):  # the latter on 3.11
            warnings.filterwarnings("ignore", message=".*invalid escape sequence", category=kind)
        return import_module(name)
