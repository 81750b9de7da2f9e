"""The schemas of baskets in the JSON interface, and of the edits that are sent to them."""

from search_app.collecting import State
from search_app.web.api.schema_parts import TEXT, TEXT_OR_NULL, WHOLE, Json, object_of, ref
from search_app.web.edits import VERBS

_NUMBER: Json = {"type": "integer", "minimum": 1}
_NUMBER_OR_NULL: Json = {"type": ["integer", "null"], "minimum": 1}
_MOMENT: Json = {"type": "string", "format": "date-time"}
#: What the fields of an edit say, as the description tells it.
_FIELDS: Json = {
    "do": {
        "enum": list(VERBS),
        "description": "做什么，要给哪些项："
        + "；".join(f"{verb}：{'、'.join(needed) or '不用'}" for verb, needed in VERBS.items()),
    },
    "basket": {**_NUMBER, "description": "素材夹编号；add 可不给，收进正在用的那个"},
    "passages": {"type": "array", "items": TEXT, "description": "add：段落编号"},
    "entry": {**_NUMBER, "description": "哪一条：remove move up down note copy_to move_to"},
    "before": {**_NUMBER, "description": "move、heading：放在哪一条之前；不给 = 末尾"},
    "to": {**_NUMBER, "description": "copy_to、move_to：放到哪个素材夹"},
    "removal": {**_NUMBER, "description": "undo：撤销哪一次移出"},
    "text": {**TEXT, "description": "备注、小标题、名称"},
    "was": {**TEXT, "description": "改备注、小标题、名称时：读到的 was；别处已改过则答 409，两边的文字都不丢"},
    "share": {**TEXT, "description": "adopt：分享网址里的最后一段"},
}


def basket_schemas() -> Json:
    """Return the schemas of baskets by their names."""
    mark = object_of(entry=_NUMBER, passage=TEXT, code=TEXT)
    return {
        "BasketMarks": object_of(
            basket=_NUMBER_OR_NULL, name=TEXT_OR_NULL, held={"type": "array", "items": mark}, token=TEXT
        ),
        "BasketDone": object_of(
            message=TEXT,
            basket=_NUMBER_OR_NULL,
            entry=_NUMBER_OR_NULL,
            removal=_NUMBER_OR_NULL,
            was=TEXT_OR_NULL,
            now=ref("BasketMarks"),
        ),
        "Baskets": _lists(),
        **_contents(),
        "BasketConflict": object_of(error=object_of(code=TEXT, message=TEXT, hint=TEXT), current=TEXT),
    }


def _lists() -> Json:
    """Return the baskets of a browser, and what can be brought back into them."""
    return object_of(
        baskets={
            "type": "array",
            "items": object_of(
                basket=_NUMBER,
                name=TEXT,
                passages=WHOLE,
                current={"type": "boolean"},
                shared={"type": "boolean"},
                changed_at=_MOMENT,
            ),
        },
        removals={
            "type": "array",
            "items": object_of(
                removal=_NUMBER,
                name=TEXT,
                whole={"type": "boolean"},
                passages=WHOLE,
                headings=WHOLE,
                at=_MOMENT,
            ),
        },
    )


def _contents() -> Json:
    """Return what a basket holds."""
    return {
        "Collected": object_of(
            passage=ref("Passage"),
            report=ref("Report"),
            source=TEXT,
            code=TEXT,
            note=TEXT,
            collected_at=_MOMENT,
            state={"enum": [state.value for state in State]},
            now=TEXT_OR_NULL,
        ),
        "Basket": object_of(
            basket=_NUMBER_OR_NULL,
            name=TEXT,
            name_was=TEXT,
            share=TEXT_OR_NULL,
            changed_at=_MOMENT,
            passages=WHOLE,
            items={
                "type": "array",
                "items": object_of(
                    entry=_NUMBER,
                    heading=TEXT_OR_NULL,
                    was=TEXT,
                    collected={"anyOf": [ref("Collected"), {"type": "null"}]},
                ),
            },
        ),
    }


def edit_schema() -> Json:
    """Return the schema of an edit; which fields it needs depends on what is to be done."""
    return {"type": "object", "properties": _FIELDS, "required": ["do"]}
