"""Tables: hand-edited (*.toml, *.txt), made by scripts/ (gazetteer, pinyin) or by training/ (weights, meanings).

Each says at its top how a line is written; CONTRIBUTING.md tells which is for what.
"""
