"""Query rewriting: a parsed query -> the query that is asked, by a pipeline of strategies.

One query is a tree in five states, and each state has one name in this room::

    parsed      what was typed, as a tree                                             query.parse
    intended    without the words of asking; places and years as such                 intent
    chosen      what a strategy settled on: the intended query, or another one        strategies
    near        what is listed after the chosen query, where few passages hold it     backfill, near_part
    rewritten   with synonyms, other spellings of figures, topic and meaning:
                what the engine is asked                                              rewriter

Read on in pipeline: from the parsed query to the answer, top to bottom.
"""
