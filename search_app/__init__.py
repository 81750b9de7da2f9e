"""Search the reports that townships write every year on rule-of-law government (法治政府建设年度报告).

The folders in reading order, from the doors down; imports point downwards only. ARCHITECTURE.md says which question
each answers, draws the two flows, and tells where the usual changes go::

    cli/            search-app index | search | export | show | similar | related | review | compare | figures | …
    web/            pages for clerks, the same as JSON: urls -> answers -> pages, api -> view_models
    keeping/        for whoever keeps the service: log file, backup, restore
    json_shapes/    answers -> dict, key by key
    exporting/      a report, passage, table or score -> text or a file
    checking.py     is the index current, is every byte what was written
    reviewing/      reports, or a draft -> what is missing, thin, copied, late, left over
    comparing/      reports, years and towns beside each other: last year's, side by side, genealogies, figures
    indexing/       corpus folder -> index: only what changed is read again
    collecting/     passages that a browser keeps, as they were, in baskets of its own
    searching/      request -> results: rewrite the query, ask the engine, cut snippets; neighbours, explanations
    readers/        file on disk -> Document(blocks); one file per format
    parsing/        Document -> Report and Passages: lines, cover, outline, genre, year, place
    engines/        where passages are kept and found: base (the contract), score_sentences, whoosh/
    labelling/      Passage -> Passage with section, topics, exemplary score and reasons, figures
    query/          typed text -> query tree (lexer, parser, nodes, trees, notes); weights: the numbers of the ranking
    facets.py       one class per facet: label, prefix, how values are read, said and ordered
    genres.py       what follows from the kind of a document
    language/       pure functions on Chinese text: analysis, similarity, question
    model.py        the nouns: Block Document, Report Passage, Facet Sort Match Found Snippet; score.py: Explanation
    provenance.py   how far what was read can be relied on
    settings.py     read from the environment and a TOML file, at the doors only
    prepared_tables what is made of dictionaries before the first answer, kept beside the index in an array_file
    errors.py       the tree of what can go wrong, each with exit code and HTTP status
    data/           tables that a non-programmer may edit, and what scripts/ and training/ made
"""

# Nothing is imported here: what comes before the way in (__main__) stands is a moment in which Ctrl-C is not ours.
__version__ = "0.1.0"
