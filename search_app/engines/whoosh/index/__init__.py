"""The index on disk and in memory: generations, the writer, and the snapshot with its columns."""
