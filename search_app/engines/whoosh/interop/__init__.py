"""Interoperability: the same files as stock Whoosh reads them (schema, codec, term lists)."""

from search_app.old_libraries import import_quietly

for _each in ("codec.base", "columns", "fields", "formats", "index", "matching", "reading"):
    import_quietly(f"whoosh.{_each}")
