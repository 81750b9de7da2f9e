"""Query rewriting: a parsed query -> the query that is asked, by a pipeline of strategies."""
