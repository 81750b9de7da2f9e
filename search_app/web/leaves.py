"""Leaves: whether a long list or report has the part that an address asks for, and where its last one is."""

from collections.abc import Callable

from search_app.errors import NoSuchPage


class NoSuchLeaf(NoSuchPage):
    """A leaf after the last one; ``url`` is the address of the last."""

    def __init__(self, leaf: int, *, last: int, url: str) -> None:
        super().__init__(f"没有第 {leaf} 页，最后一页是第 {last} 页。", last=last, hint="请回到最后一页或第一页。")
        self.url = url


def check_leaf(leaf: int, leaves: int, url: Callable[[int], str]) -> None:
    """Raise NoSuchLeaf where there are fewer leaves; ``url`` gives the address of one."""
    if leaf > leaves:
        raise NoSuchLeaf(leaf, last=leaves, url=url(leaves))
