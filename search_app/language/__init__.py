"""Pure functions on Chinese text: how it is folded, cut and read, what resembles it, what is asked and meant by it.

``analysis`` is the same for index and query (folding, simplified forms, the tokeniser, pinyin); ``similarity`` tells
how alike two texts are (MinHash, near-duplicates, latent semantic analysis); ``question`` reads what was typed (words
of asking, synonyms, number variants, spelling, phrases, completion).
"""

from typing import TYPE_CHECKING

from search_app.lazy_exports import export_lazily

if TYPE_CHECKING:
    from search_app.language.analysis.folding import fold, squeeze, squeeze_with_offsets
    from search_app.language.analysis.signed_words import cut_signed
    from search_app.language.analysis.tokenizer import (
        ANALYSER_VERSION,
        SAID,
        Token,
        cut_terms,
        dictionary_version,
        how_often_said,
        tokenize,
    )
    from search_app.language.analysis.traditional import simplify
    from search_app.language.analysis.whole_words import find_whole_words
    from search_app.language.question.abbreviations import find_full_names
    from search_app.language.question.completion import Completer
    from search_app.language.question.confusions import Slip
    from search_app.language.question.faint_words import FAINT
    from search_app.language.question.figure_conditions import FigureCondition, find_figure_conditions
    from search_app.language.question.intent_words import IntentWords, find_intent_words
    from search_app.language.question.name_variants import shorten_name, vary_name
    from search_app.language.question.number_variants import vary_numbers
    from search_app.language.question.phrases import find_phrases
    from search_app.language.question.spelling import Speller
    from search_app.language.question.synonyms import find_synonyms, synonym_words
    from search_app.language.question.wordings import Entry, find_wordings
    from search_app.language.similarity.lsa import DIMENSIONS, UNIT, embed, is_known, meanings_version, pack_embedding
    from search_app.language.similarity.minhash import SIGNATURE_BYTES, minhash, minhash_all
    from search_app.language.similarity.near_duplicates import find_clusters, update_clusters

__all__ = [
    "ANALYSER_VERSION",
    "DIMENSIONS",
    "FAINT",
    "SAID",
    "SIGNATURE_BYTES",
    "UNIT",
    "Completer",
    "Entry",
    "FigureCondition",
    "IntentWords",
    "Slip",
    "Speller",
    "Token",
    "cut_signed",
    "cut_terms",
    "dictionary_version",
    "embed",
    "find_clusters",
    "find_figure_conditions",
    "find_full_names",
    "find_intent_words",
    "find_phrases",
    "find_synonyms",
    "find_whole_words",
    "find_wordings",
    "fold",
    "how_often_said",
    "is_known",
    "meanings_version",
    "minhash",
    "minhash_all",
    "pack_embedding",
    "shorten_name",
    "simplify",
    "squeeze",
    "squeeze_with_offsets",
    "synonym_words",
    "tokenize",
    "update_clusters",
    "vary_name",
    "vary_numbers",
]

__getattr__ = export_lazily(
    __name__,
    {
        "analysis.folding": (
            "fold",
            "squeeze",
            "squeeze_with_offsets",
        ),
        "analysis.signed_words": ("cut_signed",),
        "analysis.tokenizer": (
            "ANALYSER_VERSION",
            "SAID",
            "Token",
            "cut_terms",
            "dictionary_version",
            "how_often_said",
            "tokenize",
        ),
        "analysis.traditional": ("simplify",),
        "analysis.whole_words": ("find_whole_words",),
        "question.abbreviations": ("find_full_names",),
        "question.completion": ("Completer",),
        "question.confusions": ("Slip",),
        "question.figure_conditions": (
            "FigureCondition",
            "find_figure_conditions",
        ),
        "question.faint_words": ("FAINT",),
        "question.intent_words": (
            "IntentWords",
            "find_intent_words",
        ),
        "question.name_variants": ("shorten_name", "vary_name"),
        "question.number_variants": ("vary_numbers",),
        "question.phrases": ("find_phrases",),
        "question.spelling": ("Speller",),
        "question.synonyms": (
            "find_synonyms",
            "synonym_words",
        ),
        "question.wordings": (
            "Entry",
            "find_wordings",
        ),
        "similarity.lsa": (
            "DIMENSIONS",
            "UNIT",
            "embed",
            "is_known",
            "meanings_version",
            "pack_embedding",
        ),
        "similarity.minhash": (
            "SIGNATURE_BYTES",
            "minhash",
            "minhash_all",
        ),
        "similarity.near_duplicates": (
            "find_clusters",
            "update_clusters",
        ),
    },
)
