"""Interoperability: the same files as stock Whoosh reads them (schema, codec, term lists)."""
