"""Tables: hand-edited (*.toml, *.txt), made by scripts/ (gazetteer, pinyin) or by training/ (weights, meanings)."""
