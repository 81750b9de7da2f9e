"""What was made lately is made once, and only so much of it is kept."""

from functools import partial

from search_app.comparing.recent import Recent


def test_a_value_is_made_once_while_it_is_kept() -> None:
    made: list[str] = []
    recent: Recent[str, int] = Recent(2)

    def make(key: str) -> int:
        made.append(key)
        return len(made)

    for key in ("a", "b", "a", "c", "a", "b"):
        recent.get(key, partial(make, key))

    assert made == ["a", "b", "c", "b"]
