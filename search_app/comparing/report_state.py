"""Report state: what tells one state of a report from another; what was made of a report is kept while it lasts."""

from typing import TypeAlias

from search_app.engines.base import Engine
from search_app.model import Report

#: A report's id, and what changes whenever its passages or its head do.
State: TypeAlias = tuple[str, str]


def state_of(engine: Engine, report: Report) -> State:
    """Return the state of a report: its fingerprint tells it, and where there is none, the generation must."""
    return report.id, report.fingerprint or engine.status().current.id
