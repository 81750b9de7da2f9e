"""Topics: what a heading or passage is about, by logistic regression over the terms that stand in it."""
