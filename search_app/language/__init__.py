"""Pure functions on Chinese text: folding, simplifying, words (the only room that knows jieba), resemblance."""

from search_app.language.faint import FAINT
from search_app.language.folding import fold, squeeze
from search_app.language.resemblance import clusters, signature
from search_app.language.traditional import simplified
from search_app.language.words import ANALYSER_VERSION, Token, dictionary_version, words

__all__ = [
    "ANALYSER_VERSION",
    "FAINT",
    "Token",
    "clusters",
    "dictionary_version",
    "fold",
    "signature",
    "simplified",
    "squeeze",
    "words",
]
