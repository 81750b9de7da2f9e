"""An administrator's own list of places, as a file: read, decoded and checked, given on as a text.

In: the path of the setting ``gazetteer``. Out: the text of the list, "" where there is none. The surprise: what is
given on is the text, not the path, so that all processes and fingerprints of one run speak of the same list, whoever
saves the file meanwhile.
"""

from pathlib import Path

from search_app.errors import ConfigError
from search_app.system_reasons import why_not_opened

_LARGEST = 10 * 2**20  #: ten times all towns of the country


def read_own_places(path: Path | None) -> str:
    """Return the text of a list that can be used, "" for no list. Raises ConfigError."""
    from search_app.parsing.place.own_gazetteer import FORM, parse_own_places  # a search never needs them

    if path is None:
        return ""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        text = _decoded(data)
    except (OSError, ValueError) as error:
        raise ConfigError(f"地名表 {path} 读不出来：{_why(error)}", hint=FORM) from error
    if len(data) > _LARGEST:
        raise ConfigError(f"地名表 {path} 超过 {_LARGEST // 2**20} MB，不像地名表", hint=FORM)
    parse_own_places(text, str(path))
    return text


def _decoded(data: bytes) -> str:
    """Decode UTF-8, or what Excel and older Notepads write on a Chinese Windows."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "gb18030")


def _why(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return "没有这个文件"
        case UnicodeError():
            return "不是文本文件，或编码不对"
        case OSError():
            return why_not_opened(error)
        case _:
            return "路径写法不对"
