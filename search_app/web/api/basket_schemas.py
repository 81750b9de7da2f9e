"""The schemas of baskets in the JSON interface, and of the edits that are sent to them."""

from typing import Any

from search_app.collecting import State
from search_app.web.edits import VERBS

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_NUMBER: Json = {"type": "integer", "minimum": 1}
_NUMBER_OR_NULL: Json = {"type": ["integer", "null"], "minimum": 1}
_WHOLE: Json = {"type": "integer", "minimum": 0}
_MOMENT: Json = {"type": "string", "format": "date-time"}
#: What the fields of an edit say, as the description tells it.
_FIELDS: Json = {
    "do": {
        "enum": list(VERBS),
        "description": "做什么，要给哪些项："
        + "；".join(f"{verb}：{'、'.join(needed) or '不用'}" for verb, needed in VERBS.items()),
    },
    "basket": {**_NUMBER, "description": "素材夹编号；add 可不给，收进正在用的那个"},
    "passages": {"type": "array", "items": _TEXT, "description": "add：段落编号"},
    "entry": {**_NUMBER, "description": "哪一条：remove move up down note copy_to move_to"},
    "before": {**_NUMBER, "description": "move、heading：放在哪一条之前；不给 = 末尾"},
    "to": {**_NUMBER, "description": "copy_to、move_to：放到哪个素材夹"},
    "removal": {**_NUMBER, "description": "undo：撤销哪一次移出"},
    "text": {**_TEXT, "description": "备注、小标题、名称"},
    "was": {**_TEXT, "description": "改备注、小标题、名称时：读到的 was；别处已改过则答 409，两边的文字都不丢"},
    "share": {**_TEXT, "description": "adopt：分享网址里的最后一段"},
}


def basket_schemas() -> Json:
    """Return the schemas of baskets by their names."""
    mark = _object(entry=_NUMBER, passage=_TEXT, code=_TEXT)
    return {
        "BasketMarks": _object(
            basket=_NUMBER_OR_NULL, name=_TEXT_OR_NULL, held={"type": "array", "items": mark}, token=_TEXT
        ),
        "BasketDone": _object(
            message=_TEXT,
            basket=_NUMBER_OR_NULL,
            entry=_NUMBER_OR_NULL,
            removal=_NUMBER_OR_NULL,
            was=_TEXT_OR_NULL,
            now=_ref("BasketMarks"),
        ),
        "Baskets": _lists(),
        **_contents(),
        "BasketConflict": _object(error=_object(code=_TEXT, message=_TEXT, hint=_TEXT), current=_TEXT),
    }


def _lists() -> Json:
    """Return the baskets of a browser, and what can be brought back into them."""
    return _object(
        baskets={
            "type": "array",
            "items": _object(
                basket=_NUMBER,
                name=_TEXT,
                passages=_WHOLE,
                current={"type": "boolean"},
                shared={"type": "boolean"},
                changed_at=_MOMENT,
            ),
        },
        removals={
            "type": "array",
            "items": _object(
                removal=_NUMBER,
                name=_TEXT,
                whole={"type": "boolean"},
                passages=_WHOLE,
                headings=_WHOLE,
                at=_MOMENT,
            ),
        },
    )


def _contents() -> Json:
    """Return what a basket holds."""
    return {
        "Collected": _object(
            passage=_ref("Passage"),
            report=_ref("Report"),
            source=_TEXT,
            code=_TEXT,
            note=_TEXT,
            collected_at=_MOMENT,
            state={"enum": [state.value for state in State]},
            now=_TEXT_OR_NULL,
        ),
        "Basket": _object(
            basket=_NUMBER_OR_NULL,
            name=_TEXT,
            name_was=_TEXT,
            share=_TEXT_OR_NULL,
            changed_at=_MOMENT,
            passages=_WHOLE,
            items={
                "type": "array",
                "items": _object(
                    entry=_NUMBER,
                    heading=_TEXT_OR_NULL,
                    was=_TEXT,
                    collected={"anyOf": [_ref("Collected"), {"type": "null"}]},
                ),
            },
        ),
    }


def edit_schema() -> Json:
    """Return the schema of an edit; which fields it needs depends on what is to be done."""
    return {"type": "object", "properties": _FIELDS, "required": ["do"]}


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
