"""What was made of an object is made once, for that object alone, and only of the last ones kept."""

from search_app.by_identity import ByIdentity


def test_what_is_made_of_an_object_is_made_once() -> None:
    asked: list[tuple[int, ...]] = []
    one, equal = tuple([1, 2]), tuple([1, 2])  # noqa: C409 - two objects that are equal

    def make(thing: tuple[int, ...]) -> int:
        asked.append(thing)
        return sum(thing)

    total = ByIdentity(make)

    assert [total(one), total(one), total(equal)] == [3, 3, 3]
    assert len(asked) == 2


def test_no_more_than_the_last_are_kept() -> None:
    things = [tuple([number]) for number in range(10)]  # noqa: C409
    asked: list[tuple[int, ...]] = []
    kept = ByIdentity[tuple[int, ...], None](asked.append, most=4)

    for thing in things:
        kept(thing)

    assert len(kept._held) <= 4
    assert len(asked) == 10
