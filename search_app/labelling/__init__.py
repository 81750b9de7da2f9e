"""Labelling: Passage -> Passage with section, topics, exemplary score and reasons; the outline likewise."""

from search_app.model import Passage, Report


def label(report: Report, passages: tuple[Passage, ...]) -> tuple[Report, tuple[Passage, ...]]:
    """Label a report's outline and passages; pure, the same input gives the same labels."""
    raise NotImplementedError
