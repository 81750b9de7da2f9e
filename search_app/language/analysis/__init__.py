"""Text analysis, the same for index and query: folding, simplified forms, tokeniser, pinyin, numbers, place names."""
