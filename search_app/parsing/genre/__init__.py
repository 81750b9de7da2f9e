"""The genre: what a document is, decided before what is in it."""
