"""Pure functions on Chinese text: how it is folded, cut and read, what resembles it, what is asked and meant by it.

``analysis`` is the same for index and query (folding, simplified forms, the tokeniser, pinyin); ``similarity`` tells
how alike two texts are (MinHash, near-duplicates, latent semantic analysis); ``question`` reads what was typed (words
of asking, synonyms, number variants, spelling, completion).
"""

from search_app.language.analysis.folding import fold, squeeze, squeezed
from search_app.language.analysis.tokenizer import ANALYSER_VERSION, Token, dictionary_version, terms, words
from search_app.language.analysis.traditional import simplified
from search_app.language.question.completion import Completer
from search_app.language.question.confusions import Slip
from search_app.language.question.intent_words import FAINT, Intents, intents
from search_app.language.question.number_variants import variants
from search_app.language.question.spelling import Correction, Speller
from search_app.language.question.synonyms import Alternative, Wording, alternatives, synonym_words
from search_app.language.similarity.lsa import DIMENSIONS, UNIT, meaning, meanings_version, packed_meaning
from search_app.language.similarity.minhash import SIGNATURE_BYTES, signature, signatures
from search_app.language.similarity.near_duplicates import clusters, reclustered

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
