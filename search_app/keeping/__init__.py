"""Keeping: what whoever keeps the service running needs: a log, a backup, and the way back from it.

``log_file`` writes down what happens, one record a line. ``archive`` is the file of a backup and what is believed of
one, ``backup`` makes it, ``restore`` puts it back, whole or not at all; ``kept_files`` says which files these are.
Nothing here touches reports or the index: they can be made again.
"""
