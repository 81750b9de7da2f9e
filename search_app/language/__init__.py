"""Pure functions on Chinese text: folding, words (the only room that knows jieba), resemblance of passages."""

from search_app.language.folding import fold, squeeze
from search_app.language.words import Token, dictionary_version, words

__all__ = ["Token", "dictionary_version", "fold", "squeeze", "words"]
