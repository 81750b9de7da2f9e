"""Text analysis, the same for index and query: folding, simplified forms, tokeniser, pinyin; tables of numbers and years."""
