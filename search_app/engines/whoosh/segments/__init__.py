"""Segments: files of flat arrays that hold some 60,000 passages each: postings, bigrams, records, merging."""
