"""Pages: each reads its address, asks one use case and hands plain view models to a template."""
