"""The schema: what a document of an index holds, and how its text comes apart.

A row is a passage, a report or the description of a generation, as it stands from generation ``born`` until, and
without, generation ``gone``. All rows of a report lie on one shard, so what is counted per report adds up over shards.
Words are cut in our process; the cluster parts them at blanks. For phrases it makes a term of every character, or of
every run of figures, which needs no dictionary and cuts everywhere alike.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from search_app.language import ANALYSER_VERSION, dictionary_version, meanings_version

Fields: TypeAlias = dict[str, Any]

#: Raised with every change of what rows hold, or of how the cluster takes it in.
SCHEMA_VERSION = "2"
#: ``gone`` of a row that is still held.
STILL = 2**31 - 1
#: Nobody reads so deep; a page beyond what is listed is not asked for at all.
MAX_WINDOW = 1_000_000

#: Roles of rows; those that describe generations all lie on the shard of this routing.
PASSAGE, REPORT, GENERATION = "passage", "report", "generation"
#: What is said by a row: the field of its characters; ``.figures`` takes a run of figures for one.
SAID, ABOVE = "said", "above"


def settings(shards: int) -> Fields:
    """Return the settings of an index that is to be filled: it is copied once it is full, which is half the work."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": 0,
        "refresh_interval": "-1",  # a generation is refreshed once, when it is complete
        "max_result_window": MAX_WINDOW,
        "similarity": {"counted": {"type": "scripted", "script": {"source": "return doc.freq;"}}},
        "analysis": {
            "tokenizer": {
                "character": {"type": "simple_pattern", "pattern": "."},
                "figure": {"type": "simple_pattern", "pattern": "[0-9]+|."},
            },
            "analyzer": {
                "characters": {"type": "custom", "tokenizer": "character"},
                "figures": {"type": "custom", "tokenizer": "figure"},
                "words": {"type": "custom", "tokenizer": "whitespace"},
            },
        },
    }


def versions() -> Mapping[str, str]:
    """Return what an index must have been built with to be searched by this program."""
    return {
        "cluster schema": SCHEMA_VERSION,
        "analyser": ANALYSER_VERSION,
        "dictionary": dictionary_version(),
        "meanings": meanings_version(),
    }


def _characters() -> Fields:
    figures = {"type": "text", "analyzer": "figures", "norms": False, "index_options": "positions"}
    return {
        "type": "text",
        "analyzer": "characters",
        "norms": False,
        "similarity": "counted",
        "fields": {"figures": figures},
    }


_TERM = {"type": "keyword", "doc_values": False}
_NUMBER = {"type": "integer"}
_COLUMN = {"type": "integer", "index": False}
_WORDS = {"type": "text", "analyzer": "words", "norms": False, "index_options": "freqs"}
_BYTES = {"type": "binary"}

MAPPINGS: Fields = {
    "dynamic": "strict",
    "properties": {
        "role": _TERM,
        "born": _NUMBER,
        "gone": _NUMBER,
        # whose it is
        "report": {"type": "keyword"},
        "report_number": _NUMBER,  # dense: bits are kept by it
        "path": {"type": "keyword"},
        "year": _NUMBER,
        "place_number": {"type": "keyword"},
        "year_number": _TERM,
        "genre_number": _TERM,
        # which passage it is
        "passage": _TERM,
        "number": _COLUMN,
        "row": {"type": "long"},  # report_number << 20 | number: the same as long as the passage says the same
        "kind_number": {"type": "keyword"},
        "labels": {"type": "long", "index": False},  # place << 32 | year << 24 | genre << 16 | kind, as registered
        "added": _NUMBER,
        "origin": {"type": "keyword"},  # digests of what is said, in a report of which place and year
        "digest": _TERM,
        # what the index makes of it
        "cluster": {"type": "long"},  # the row that leads those that say nearly the same
        "similar": _COLUMN,
        "exemplary": _NUMBER,
        "rated": _COLUMN,
        # what it says
        SAID: _characters(),
        ABOVE: _characters(),
        "words": _WORDS,
        "heading_words": _WORDS,
        "words_length": _COLUMN,
        "headings_length": _COLUMN,
        "distinct": {"type": "keyword"},
        "numerals": {"type": "keyword"},
        "meaning": {"type": "binary", "doc_values": True},
        "signature": {"type": "binary", "doc_values": True},
        "bands": _TERM,
        # what is shown
        "record": {"type": "binary", "doc_values": True},  # read without the rest of its row
        "outline": _BYTES,
        "manifest": _BYTES,
    },
}


def held_in(generation: int) -> list[Fields]:
    """Return the filters that keep the rows of a generation."""
    return [{"range": {"born": {"lte": generation}}}, {"range": {"gone": {"gt": generation}}}]


def all_of(*filters: Fields, **more: Any) -> Fields:
    """Return a query that matches what all filters do, without a score."""
    return {"bool": {"filter": list(filters), **more}} if filters or more else {"match_all": {}}


def any_of(*queries: Fields) -> Fields:
    """Return a query that matches what any of some does; nothing where there are none."""
    return {"bool": {"should": list(queries), "minimum_should_match": 1}} if queries else {"match_none": {}}


def none_of(*queries: Fields) -> Fields:
    """Return a query that matches what none of some does."""
    return {"bool": {"must_not": list(queries)}}


def constant(query: Fields, score: float) -> Fields:
    """Return a query that gives each of its matches the same score."""
    return {"constant_score": {"filter": query, "boost": score}}
