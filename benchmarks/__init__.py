"""Side-by-side measurements that anyone can run: ``make bench`` or ``python -m benchmarks.engines --help``.

``generating`` makes a corpus of any size, ``engines`` asks every engine the same questions of it; ``reading`` and
``understanding`` measure what comes before an index. ``results`` keeps what came out, with machine and versions.
"""
