"""How much of a text is copied, counted the slow way: by looking for every run of letters in every other text."""

RUN = 13


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


def copied(text: str, others: list[str]) -> int:
    """Return how many letters of a text lie in a run of thirteen, or make up a shorter text, that stands in others."""
    mine, theirs = letters(text), [letters(other) for other in others]
    if len(mine) < RUN:
        return len(mine) if mine and mine in theirs else 0
    shared = [False] * len(mine)
    for start in range(len(mine) - RUN + 1):
        if any(mine[start : start + RUN] in other for other in theirs):
            shared[start : start + RUN] = [True] * RUN
    return sum(shared)
