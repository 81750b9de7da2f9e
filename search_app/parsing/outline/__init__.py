"""The outline: paragraphs -> headings with levels, and the body below each cut into passages."""
