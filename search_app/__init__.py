"""Search the reports that townships write every year on rule-of-law government (法治政府建设年度报告).

The map of this tree, in reading order; imports point downwards only (checked by import-linter)::

    cli/            search-app index | search | show | similar | related | inspect | serve | status | verify
    web/            Flask: create_app, views, api, address (URL <-> question), static/
    as_json.py      answers -> dict, key by key
    indexing/       walk the corpus, skip what is unchanged, read, parse, label, write; Tally
    searching/      what was meant, ask the engine, relax, widen, suggest, cut snippets; likeness; practice by topic
    checking.py     is the index current, is every byte what was written
    readers/        file on disk -> Document(blocks); one file per format and a suffix table
    parsing/        Document -> Report and Passages: cover (title, year, date, place), outline, passages
    snippets.py     Passage + query -> Snippet (text and marks, never HTML)
    engines/        the only rooms that know an engine: base (the contract), explanation, whoosh/
    labelling/      Passage -> Passage with section, topics, exemplary score and reasons; what counts as exemplary
    query/          the question: Words Phrase In Years Not AllOf AnyOf, Search; parse(text) -> Parsed(query, notes)
    language/       pure functions on Chinese text: normalise, words (the only jieba), resemblance
    model.py        the nouns: Block Document, Report Passage, Facet Sort Match Found Snippet
    settings.py     read from the environment and a TOML file, at the doors only
    errors.py       the tree of what can go wrong, each with exit code and HTTP status
    data/           tables that a non-programmer may edit; names of places and characters made by
                    scripts/, weights learnt by training/

The one-way flow::

    indexing   Path -readers-> Document -parsing-> Report, Passages -labelling-> labelled -Writer.put-> a generation
    searching  "text" -query.parse-> Search -Engine.search-> Found -snippets-> Results -> page | terminal | JSON
"""

import logging

__version__ = "0.1.0"

# A clerk's terminal shows our own sentences; whoever wants tracebacks gives the logger "search_app" a handler.
logging.getLogger(__name__).addHandler(logging.NullHandler())
