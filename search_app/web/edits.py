"""Edits: what a form or a program asks to be done to a basket -> what was done, in words and numbers.

In: the fields of a form, or of a JSON object, under the same names. A button of a form says ``do=VERB:NUMBER``, which
spares a form for each. A form that holds a note sends it along with whatever button is pressed: a note that was typed
is kept before its entry is moved or taken out.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from search_app import searching
from search_app.collecting import Desk, Snapshot
from search_app.collecting.limits import MAX_PASSAGES
from search_app.errors import BadBasket, NoSuchReport
from search_app.exporting import citation
from search_app.web import visitor
from search_app.web.state import site

#: What an edit needs to say: of which entry, removal, basket it speaks.
VERBS: Mapping[str, tuple[str, ...]] = {
    "add": ("passages",),
    "remove": ("entry",),
    "move": ("entry",),
    "up": ("entry",),
    "down": ("entry",),
    "note": ("entry", "text"),
    "copy_to": ("entry", "to"),
    "move_to": ("entry", "to"),
    "heading": ("text",),
    "undo": ("removal",),
    "create": ("text",),
    "rename": ("basket", "text"),
    "use": ("basket",),
    "share": ("basket",),
    "withdraw": ("basket",),
    "empty": ("basket",),
    "delete": ("basket",),
    "adopt": ("share", "text"),
    "recall": (),
}
#: What the number of a button stands for.
_ARGUMENTS = {"add": "passages", "undo": "removal"}
_NUMBERS = ("basket", "entry", "before", "to", "removal")
_PASSAGE = re.compile(r"[0-9a-f]{12}-[1-9][0-9]{0,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit as it was asked for; ``was`` marks the text that a new one was made on."""

    do: str
    basket: int | None = None
    passages: tuple[str, ...] = ()
    entry: int | None = None
    before: int | None = None
    to: int | None = None
    removal: int | None = None
    text: str | None = None
    was: str = ""
    share: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done, and what can be undone next; ``near`` is the entry that stood beside one that left."""

    message: str
    basket: int | None = None
    entry: int | None = None
    removal: int | None = None
    was: str | None = None
    near: int | None = None
    added: tuple[int, ...] = ()
    already: tuple[int, ...] = ()


def read_edit(fields: Mapping[str, object]) -> Edit:
    """Return the edit that these fields ask for. Raises BadBasket for what cannot be meant."""
    do, _, argument = str(fields.get("do", "")).partition(":")
    if do not in VERBS:
        raise BadBasket("不知道要对素材夹做什么", hint=f"可用：{'、'.join(VERBS)}。")
    found = {name: value for name, value in fields.items() if value not in (None, "") or (name, value) == ("text", "")}
    if argument:
        found[_ARGUMENTS.get(do, "entry")] = argument
    passages = found.get("passages", found.get("passage", ()))
    edit = Edit(
        do=do,
        passages=_passages(passages),
        text=_text("text", found["text"]) if "text" in found else None,
        was=_text("was", found.get("was", "")),
        share=_text("share", found.get("share", "")),
        **{name: _number(name, found[name]) for name in _NUMBERS if name in found},
    )
    for name in VERBS[do]:
        if getattr(edit, name) in (None, "", ()) and not (do == "note" and edit.text is not None):
            raise BadBasket(f"缺少 {name}，不知道要对哪一条做什么", hint="请回到刚才的页面再做一次。")
    return edit


def perform(edit: Edit) -> Done:
    """Do what is asked, all of it or nothing; when this returns, it is on the disk."""
    snapshots = _find_recalled() if edit.do == "recall" else tuple(map(collect, edit.passages))
    browser = visitor.keep_browser()
    with site().baskets.editing(browser) as desk:
        if edit.do in ("add", "recall"):
            done = _add(desk, edit, snapshots)
        elif edit.entry is not None:
            done = _edit_entry(desk, edit.entry, edit)
        else:
            done = _ON_BASKETS[edit.do](desk, edit)
    marks = site().baskets.marks(browser)
    visitor.remember(mark.passage for mark in (marks.held if marks is not None else ()))
    return _tell_added(browser, done) if edit.do == "add" else done


def collect(passage_id: str) -> Snapshot:
    """Return a passage of the index as it is kept. Raises NoSuchPassage."""
    with site().gate:
        found = searching.find_subject(site().engine, passage_id)
    return Snapshot(
        passage=found.passage,
        report=found.report,
        source=citation.source(found.passage, found.report),
        code=citation.code(found.passage, found.report),
    )


def _find_recalled() -> tuple[Snapshot, ...]:
    """Return those of the passages that the browser itself remembers which are still held."""
    found = []
    for passage_id in visitor.recall()[:MAX_PASSAGES]:
        with suppress(NoSuchReport):
            found.append(collect(passage_id))
    if not found:
        raise BadBasket("浏览器记着的段落都已不在索引里，没有可恢复的", hint="请重新检索、重新收。")
    return tuple(found)


def _add(desk: Desk, edit: Edit, snapshots: tuple[Snapshot, ...]) -> Done:
    added = desk.add(edit.basket, snapshots)
    entry = (*added.entries, *added.already)[0]
    message = f"已恢复 {len(snapshots):,} 段"
    if edit.do == "recall" and len(visitor.recall()) > len(snapshots):
        message += f"；另有 {len(visitor.recall()) - len(snapshots):,} 段已不在索引里"
    return Done(message=message, basket=added.basket, entry=entry, added=added.entries, already=added.already)


def _tell_added(browser: str, done: Done) -> Done:
    basket = site().baskets.basket(browser, done.basket)
    kept = [item.id for item in basket.kept] if basket is not None else []
    if done.added:
        message = f"已加入素材夹（{len(kept):,} 段）"
    else:
        message = f"已在素材夹里（第 {kept.index(done.already[0]) + 1:,} 段），没有重复加入"
    return Done(message=message, basket=done.basket, entry=done.entry, added=done.added, already=done.already)


def _edit_entry(desk: Desk, entry: int, edit: Edit) -> Done:
    if edit.basket is None:
        raise BadBasket("缺少 basket，不知道是哪个素材夹", hint="请回到刚才的页面再做一次。")
    basket, removal, was, message = edit.basket, None, None, "已移动"
    near = desk.find_near(basket, entry) if edit.do in ("remove", "move_to") else None
    if edit.text is not None:
        was = desk.write(basket, entry, edit.text, edit.was)
    match edit.do:
        case "note":
            message = "已保存"
        case "remove":
            removal, message = desk.remove(basket, [entry]), "已移出素材夹"
        case "move":
            desk.move(basket, entry, edit.before)
        case "up" | "down":
            desk.step(basket, entry, -1 if edit.do == "up" else 1)
        case "copy_to" | "move_to":
            copy, to = edit.do == "copy_to", edit.to or 0
            new = desk.transfer(basket, entry, to, copy=copy)
            message = ("已复制到另一个素材夹" if copy else "已移到另一个素材夹") if new else "那个素材夹里已有这一段"
        case _:
            raise BadBasket("这件事不是对一条做的", hint="请回到刚才的页面再做一次。")
    return Done(message=message, basket=basket, entry=entry, removal=removal, was=was, near=near)


def _heading(desk: Desk, edit: Edit) -> Done:
    if edit.basket is None:
        raise BadBasket("还没有素材夹，不能加小标题", hint="请先收进一段。")
    entry = desk.add_heading(edit.basket, edit.text or "", edit.before)
    return Done(message="已加小标题", basket=edit.basket, entry=entry)


def _create(desk: Desk, edit: Edit) -> Done:
    return Done(message="已新建素材夹，以后收进这里", basket=desk.create(edit.text or ""))


def _rename(desk: Desk, edit: Edit) -> Done:
    desk.rename(edit.basket or 0, edit.text or "", edit.was)
    return Done(message="已改名", basket=edit.basket)


def _use(desk: Desk, edit: Edit) -> Done:
    desk.use(edit.basket or 0)
    return Done(message="以后收进这个素材夹", basket=edit.basket)


def _share(desk: Desk, edit: Edit) -> Done:
    desk.share(edit.basket or 0)
    return Done(message="已生成分享网址，得到网址的人可以查看，不能改动", basket=edit.basket)


def _withdraw(desk: Desk, edit: Edit) -> Done:
    desk.withdraw(edit.basket or 0)
    return Done(message="已停止分享，原来的网址打不开了", basket=edit.basket)


def _empty(desk: Desk, edit: Edit) -> Done:
    return Done(message="已清空素材夹", removal=desk.empty(edit.basket or 0), basket=edit.basket)


def _delete(desk: Desk, edit: Edit) -> Done:
    return Done(message="已删除素材夹", removal=desk.delete(edit.basket or 0))


def _undo(desk: Desk, edit: Edit) -> Done:
    return Done(message="已撤销，移出的都回来了", basket=desk.undo(edit.removal or 0))


def _adopt(desk: Desk, edit: Edit) -> Done:
    return Done(message="已存为自己的素材夹", basket=desk.adopt(edit.share, edit.text or ""))


_ON_BASKETS: Mapping[str, Callable[[Desk, Edit], Done]] = {
    "heading": _heading,
    "create": _create,
    "rename": _rename,
    "use": _use,
    "share": _share,
    "withdraw": _withdraw,
    "empty": _empty,
    "delete": _delete,
    "undo": _undo,
    "adopt": _adopt,
}


def _passages(value: object) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple) or not all(isinstance(each, str) for each in given):
        raise BadBasket("段落编号不对", hint="请回到刚才的页面再做一次。")
    if any(not _PASSAGE.fullmatch(each) for each in given):
        raise BadBasket("段落编号不对", hint="段落编号形如 0123456789ab-1，见页面上每一段的链接。")
    if len(given) > MAX_PASSAGES:
        raise BadBasket(f"一次最多收 {MAX_PASSAGES} 段", hint="请分几次。")
    return tuple(dict.fromkeys(given))


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadBasket(f"{name} 应为文字", hint="请回到刚才的页面再做一次。")
    return value


def _number(name: str, value: object) -> int:
    text = str(value) if not isinstance(value, bool) else ""
    if not re.fullmatch(r"[1-9][0-9]{0,14}", text):
        raise BadBasket(f"{name} 应为整数", hint="请回到刚才的页面再做一次。")
    return int(text)
