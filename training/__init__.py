"""What the shipped weights are learnt from, and the programs that learn them; never shipped, and never judged with.

Three things are learnt, each with a program, the material it learns from, and what comes out::

    learn_topics     passages/, topics/      -> search_app/data/topic_weights.tsv.gz
    learn_meanings   passages/, associations/, wordings  -> search_app/data/meanings.npz
    fit_exemplary    exemplary/              -> points, copied by hand into search_app/labelling/exemplary/score.py

The wordings are those of search_app/data/everyday.txt and synonyms.txt. Whatever lies in these folders is learnt from;
the tests judge with other material, and tests/training/test_overlap.py refuses what stands on both sides. Imports go
one way: tests may import from here, nothing here imports tests, and search_app knows neither.
"""
