"""Wire refusals: what the server itself refuses before the app hears of it, in the words of the app.

In go the bytes of a connection, out come requests for the app, or a plain answer that says in Chinese what is wrong.
Two surprises: letters that a browser or ``curl`` sent unescaped in an address are escaped here, else the server would
call the address malformed; and a body that is too large is taken in and thrown away before it is refused, since a
browser that is still sending shows a broken connection instead of the answer.
"""

import re
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask

from search_app.web.security import MAX_DRAFT

#: Bytes of a refused body that are taken in for the sake of the answer: photographs in a report come to less.
MOST_THROWN_AWAY = 256 * 1024 * 1024
_UNESCAPED = re.compile(rb"[\x80-\xff]")
_SAID = {
    400: "这个请求看不懂，没有处理。\n请回到检索页重新查起；用程序访问的，请检查请求的写法。",
    413: f"文件太大，一次最多 {MAX_DRAFT // 2**20} MB，没有收下。\n"
    "请只留报告正文、去掉照片后另存，或把正文复制出来，直接粘贴到框里。按浏览器的“后退”可以回到刚才的页面。",
    431: "网址或请求头太长，没有处理。\n请减少检索词或筛选条件；粘贴的文字一次最多 2,000 个字。",
    501: "这种传送方式不支持，没有处理。\n请用普通浏览器打开页面。",
}
_FAULT = "程序出了意外的错误。\n请回到检索页再试；若反复出现，请把时间和操作告诉管理员，日志里有详情。"


class _Refusal(ErrorTask):  # type: ignore[misc]
    """The answer to what the server could not take for a request."""

    def execute(self) -> None:
        error = self.request.error
        body = (_SAID.get(error.code, _FAULT) + "\n").encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", "text/plain; charset=utf-8"))
        self.response_headers.append(("X-Content-Type-Options", "nosniff"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Reader(HTTPRequestParser):  # type: ignore[misc]
    """A request in the making."""

    def __init__(self, adj: Any) -> None:
        super().__init__(adj)
        self._to_throw_away = 0

    def parse_header(self, header_plus: bytes) -> None:
        line, end, rest = header_plus.partition(b"\r\n")
        escaped = _UNESCAPED.sub(lambda found: b"%%%02X" % found.group()[0], line)
        super().parse_header(escaped + end + rest)

    def received(self, data: bytes) -> int:
        if self._to_throw_away:
            taken = min(len(data), self._to_throw_away)
            self._to_throw_away -= taken
            self.completed = not self._to_throw_away
            return taken
        taken = int(super().received(data))
        if self.error is not None and self.error.code == 413 and self.headers_finished and not self.expect_continue:
            self._to_throw_away = self.content_length if self.content_length <= MOST_THROWN_AWAY else 0
            self.completed = not self._to_throw_away
        return taken


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose refusals are ours."""

    parser_class = _Reader
    error_task_class = _Refusal
