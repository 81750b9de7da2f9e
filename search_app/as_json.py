"""Answers -> dict, key by key, exactly as the interface promises (golden-tested)."""
