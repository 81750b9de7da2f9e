"""Pure functions on Chinese text: how it is folded, cut and read, what resembles it, what is asked and meant by it.

In reading order: folding and traditional (one normalisation for both sides), words (the only room that knows jieba),
resemblance and clustering; then what a question needs: intents, numerals, synonyms, pinyin, confusions and spelling,
completing.
"""

from search_app.language.clustering import clusters, reclustered
from search_app.language.completing import Completer
from search_app.language.confusions import Slip
from search_app.language.folding import fold, squeeze, squeezed
from search_app.language.intents import FAINT, Intents, intents
from search_app.language.meanings import DIMENSIONS, UNIT, meaning, meanings_version, packed_meaning
from search_app.language.numerals import variants
from search_app.language.resemblance import SIGNATURE_BYTES, signature, signatures
from search_app.language.spelling import Correction, Speller
from search_app.language.synonyms import Alternative, Wording, alternatives, synonym_words
from search_app.language.traditional import simplified
from search_app.language.words import ANALYSER_VERSION, Token, dictionary_version, terms, words

__all__ = [
    "ANALYSER_VERSION",
    "DIMENSIONS",
    "FAINT",
    "SIGNATURE_BYTES",
    "UNIT",
    "Alternative",
    "Completer",
    "Correction",
    "Intents",
    "Slip",
    "Speller",
    "Token",
    "Wording",
    "alternatives",
    "clusters",
    "dictionary_version",
    "fold",
    "intents",
    "meaning",
    "meanings_version",
    "packed_meaning",
    "reclustered",
    "signature",
    "signatures",
    "simplified",
    "squeeze",
    "squeezed",
    "synonym_words",
    "terms",
    "variants",
    "words",
]
