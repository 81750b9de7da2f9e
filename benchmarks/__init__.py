"""Side-by-side measurements that anyone can run: ``make bench`` or ``python -m benchmarks --help``.

``reports`` grows the sample corpus to any size, ``measuring`` asks every engine the same questions, ``__main__`` writes
down the answer with the machine and the versions it was measured on.
"""
