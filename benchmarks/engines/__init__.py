"""Engines side by side: one corpus, the same words, the same whole answers; ``make bench`` runs it.

``corpus`` writes generated reports to one file, cut into words once; ``questions`` draws what is asked from it. Each
engine works in a process of its own (``working``), so that its memory is its own, and all are asked each question in
turn, so that noise hits all alike. ``agreeing`` says whether they found the same before ``measuring`` times them;
``tables`` writes down what came out. ``profiling`` shows where our own time goes.

An answer is whole: the number of passages and, where the engine can tell, of reports; true counts of year, county,
town, section and topic, each without its own filter; the ten best with their text and a snippet with the words marked.
What each engine is given so that it can do that at its best is told at the head of its module (``*_contender``).
"""
