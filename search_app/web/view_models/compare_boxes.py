"""Compare boxes: whether a page has passages that can be chosen for comparing, known once they have been written."""


class CompareBoxes:
    """Counts the boxes of the page that is being made."""

    def __init__(self) -> None:
        self.count = 0

    def put(self) -> str:
        """Count one more box; nothing is written for it."""
        self.count += 1
        return ""
