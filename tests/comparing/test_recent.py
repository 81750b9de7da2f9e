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


def test_what_was_asked_for_least_lately_goes_first() -> None:
    recent: Recent[str, int] = Recent(2)

    recent.put("a", 1)
    recent.put("b", 2)
    recent.find("a")
    recent.put("c", 3)

    assert [recent.find(key) for key in ("a", "b", "c")] == [1, None, 3]
