"""Bring the index up to date with the corpus.

Read on in corpus_folder (which files are sources), zip_bundles, sources (the bytes of one report), sidecars
(corrections by hand), workers (one report), plan (what has to be read), run (the whole of it); known_failures (what is
not read again), last_run (what the run did, for later), known_folders and removals (what is kept while its folder is
out of reach).
"""

from search_app.indexing.corpus_folder import snapshot, source_at, sources_at, survey
from search_app.indexing.duplicates import newer_versions, remarks_among, superseded
from search_app.indexing.last_run import LastRun, recall_run
from search_app.indexing.own_places import read_own_places
from search_app.indexing.run import update
from search_app.indexing.sources import Source, Warned, find_original, report_id
from search_app.indexing.tally import Tally
from search_app.indexing.workers import Inspected, inspect, understand

__all__ = [
    "Inspected",
    "LastRun",
    "Source",
    "Tally",
    "Warned",
    "find_original",
    "inspect",
    "newer_versions",
    "read_own_places",
    "recall_run",
    "remarks_among",
    "report_id",
    "snapshot",
    "source_at",
    "sources_at",
    "superseded",
    "survey",
    "understand",
    "update",
]
