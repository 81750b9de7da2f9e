"""What a typed question says: words of asking, synonyms, number variants, spelling, completion."""
