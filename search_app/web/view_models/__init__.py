"""View models: answers -> what a template shows (cards, facet panels, a report's body, citations)."""
