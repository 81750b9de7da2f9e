"""The embedded engine: an index whose segments are flat arrays, searched with numpy, and readable with stock Whoosh.

On disk. A generation (index/generations.py) never changes: a manifest (index/manifest.py), which lists segments, and
the segments, each one file of some 60,000 passages, never more than 65,536 (segments/segment.py)::

    index/CURRENT --> gen-000012/  manifest.json  segments, removed reports; size and SHA-256 of every other file
                                   clusters.arr   near-duplicates: for each passage the one that stands for it
                                   MAIN_x.seg     words.* headings.* title.*   terms -> documents, frequencies
                                                  text.* paths.* titles.*      pairs of characters -> places
                                                  lengths.* kind exemplary ... a number per passage
                                                  years places ids files ...   a value per report
                                                  digests since                what it says, since which generation
                                                  meanings                     where each passage lies among others
                                                  passages heads outlines      packed passages and reports
                                   MAIN_y.seg     the same of other reports

    words.terms     |人大|人民|人民调解|...            text.pairs    |人民|民调|调解|...
    words.ends       3   , 9  , 11 ,                 text.ends      4 ,  6 ,  9 ,
    words.docs      |0 4 7|0 1 2 4 7 8|4 7|...       text.places   |0:3 4:0 4:9 7:2|0:4 ...   passage:position
    words.often     |1 1 2|3 1 1 2 1 1|1 1|...

Writing. ``prepare`` (segments/prepared.py) cuts, folds and packs passages in any process; SegmentBuilder gathers
and orders them with one sort per field, one segment while the next is gathered; a replaced report is only marked as
removed; small segments are merged tier by tier (segments/merge.py); near-duplicates are brought up to date
(language.similarity.near_duplicates). A block of changes is a new generation.

Searching. A snapshot opens a generation: arrays stay in the file and are read through the map; columns over all
segments are put together in memory (index/columns.py, some 40 bytes a passage); a report is unpacked when shown; and
what was read is let go of when it grows beyond bounds. A question is evaluated in three steps::

    leaves    each word, run of characters, meaning -> documents, weights    lookup_keys.py, segment_lookup.py
    tree      segment by segment, rarest first, then BM25F -> rows, scores   matching.py, evaluation.py
    answer    counts by bits and bins; the page's rows by partition          facet_counts.py, tallies.py, top_hits.py

How the steps follow each other, chosen_rows.py tells: rows that a selection leaves out are counted and not scored.

Why a row has its score, score_parts.py tells with the same functions, asked of that row again.

A segment's mask is 60 KB, its scores 480 KB: they stay in the processor's cache, and no step looks at a single posting
in Python. Where few documents match, they are numbers instead (segments/doc_sets.py), and the rest of the tree is asked
of these alone (search/character_runs.py). A phrase of four characters is two pairs, two places apart: no text is read
to find it, and jieba's cuts do not matter. Whoosh itself is not loaded for any of this.
``interop.stock_index.open_with_whoosh`` opens a generation with stock Whoosh, through interop/codec.py: slower, and
with the same documents and scores.

Trust. All that is read is JSON and flat arrays; nothing in an index folder is unpickled, unmarshalled or evaluated, and
one of another owner, or that others can write into, is refused (engines/access.py). No byte is answered from before its
block was checked (array_file.py), nor put into use before it was held against what was meant
(index/written.py); damage makes an older generation answer, and the status says so (index/opened_index.py). A server
holds the generation that answers (index/held_index.py), while the next one is made ready behind it.

The surprise: numbers of documents are 16 bits wide, so segments stay small on purpose, and a million passages are
seventeen of them.
"""

from search_app.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
