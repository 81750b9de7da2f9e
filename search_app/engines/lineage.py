"""Lineage: what the generations are called since which new passages are asked for.

In: what was typed (``gen-000012``, or the mark ``gen-000012-3f2a91c0``) and the status of an index. Out: the generation
meant. The surprise: names come again when an index is deleted and built anew. A mark carries the beginning of the
generation's id, so one of another index is refused and never answered of; whoever uses the bare name is told when that
generation was built.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from search_app.engines.base import Ancestor, Generation, Status
from search_app.errors import NoSuchGeneration

#: So many letters of an id tell the generations of one name apart.
_LETTERS = 8
_ASKED = re.compile(rf"(gen-[0-9]{{6,12}})(?:-([0-9a-f]{{{_LETTERS}}}))?")
#: So many generations are named to whoever asked for one that is not known, and so much of what was typed is repeated.
_NAMED, _SHOWN = 5, 40


def mark(generation: Generation | Ancestor) -> str:
    """Return the name of a generation that no other index has."""
    return f"{generation.name}-{generation.id[:_LETTERS]}"


def number_of(name: str) -> int:
    """Return the number in the name of a generation: larger ones are newer."""
    return int(name.removeprefix("gen-"))


def name_of(number: int) -> str:
    """Return the name of the generation of this number."""
    return f"gen-{number:06d}"


def known_generations(status: Status) -> tuple[Ancestor, ...]:
    """Return the generations since which new passages can be asked for, newest first: that in use has none."""
    current = status.current
    return (Ancestor(name=current.name, id=current.id, built_at=current.built_at), *status.ancestors)


def find_generation(asked: str, status: Status) -> Ancestor:
    """Return the generation that is meant. Raises NoSuchGeneration, which names those that there are."""
    known = known_generations(status)
    found = _ASKED.fullmatch(asked.strip())
    name, letters = found.groups() if found else (None, None)
    for each in known:
        if each.name == name and (letters is None or each.id.startswith(letters)):
            return each
    shown = f"“{asked.strip()[:_SHOWN]}”"
    said = f"索引里没有记下{shown}这一代，不知道此后新增了什么" if found else f"{shown}不是一代索引的名字"
    raise NoSuchGeneration(said, hint=f"可以写：{_listed(known)}。")


def _listed(known: Iterable[Ancestor]) -> str:
    each = [f"{one.name}（{say_moment(one.built_at)}建）" for one in known]
    return "、".join(each[:_NAMED]) + (f" 等 {len(each)} 代" if len(each) > _NAMED else "")


def say_moment(moment: datetime) -> str:
    """Return a moment in the local time of this machine."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
