"""What can go wrong, each with an exit code for the shell and a status for HTTP.

::

    SearchAppError                         exit 1 · 500
    ├── ConfigError                        exit 2
    ├── ReadError(path, reason)            one file; collected in the Tally, never stops a run
    │   ├── UnsupportedFile  ├── DamagedFile  ├── NoText (a scan)  └── TooLarge
    ├── BadSearch                          exit 2 · 400   unknown facet, sort, page; limits
    │   └── NoSuchPage                              404
    ├── NoSuchReport                              404
    │   └── NoSuchPassage                           404
    └── IndexProblem                       exit 3 · 503
        ├── IndexMissing  ├── IndexOutdated  ├── IndexDamaged  └── IndexLocked(holder)

``message`` is one plain Chinese sentence for a clerk; ``hint`` says what to do next.
"""

import errno
from typing import ClassVar

_REASONS = {
    errno.ENOENT: "文件不存在（可能刚被移走或改名）",
    errno.EACCES: "没有读取权限",
    errno.EPERM: "没有读取权限",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EBUSY: "正被别的程序占用",
    errno.ELOOP: "快捷链接首尾相接，找不到真正的文件",
    errno.ENAMETOOLONG: "路径太长",
}


def why_not_opened(error: Exception) -> str:
    """Return in Chinese, without a full stop, why the system does not hand out a file or folder."""
    return _REASONS.get((error.errno or 0) if isinstance(error, OSError) else 0, "磁盘或网络错误")


class SearchAppError(Exception):
    """The root: everything this program raises on purpose."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500
    code: ClassVar[str] = "error"
    default_hint: ClassVar[str] = ""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = self.default_hint if hint is None else hint


class ConfigError(SearchAppError):
    """A setting, option or folder that cannot be used."""

    exit_code = 2
    code = "config"


class ReadError(SearchAppError):
    """One file that could not be read; the run goes on without it."""

    code = "read"
    default_hint = "请用 Word 或 WPS 打开确认文件完好，另存为 .docx 后再放回资料文件夹。"

    def __init__(self, path: str, reason: str, *, hint: str | None = None) -> None:
        super().__init__(reason, hint=hint)
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[object, ...]:
        """Let worker processes hand the error over: pickle calls the class with one argument otherwise."""
        return (_restore_read_error, (type(self), self.path, self.reason, self.hint))


def _restore_read_error(kind: type[ReadError], path: str, reason: str, hint: str) -> ReadError:
    return kind(path, reason, hint=hint)


class UnsupportedFile(ReadError):
    """A type of file that no reader knows."""

    code = "unsupported_file"
    default_hint = (
        "能读的类型：.docx .doc .wps .rtf .pdf .ofd .html .htm .mht .xlsx .pptx .md .txt，或它们的 .zip。"
        "请另存为其中一种。"
    )


class DamagedFile(ReadError):
    """A file whose content is not what its type promises, is cut off, or is locked by a password."""

    code = "damaged_file"


class NoText(ReadError):
    """A readable file without text: empty, or a scan that holds only pictures."""

    code = "no_text"
    default_hint = "可能是扫描件或空文件。请找文字版，或先做文字识别（OCR）再放回资料文件夹。"


class TooLarge(ReadError):
    """A file with more text than an engine takes as one report."""

    code = "too_large"
    default_hint = "请把文件拆成几份再放回资料文件夹。"


class BadSearch(SearchAppError):
    """A filter, sort, page or size that does not exist or is out of bounds."""

    exit_code = 2
    http_status = 400
    code = "bad_search"


class NoSuchPage(BadSearch):
    """A page of results after the last one."""

    http_status = 404
    code = "no_such_page"

    def __init__(self, message: str, *, last: int, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.last = last


class NoSuchReport(SearchAppError):
    """A report that the index does not hold."""

    http_status = 404
    code = "no_such_report"
    default_hint = "它可能已从资料文件夹移走。请回到检索页重新查找。"


class NoSuchPassage(NoSuchReport):
    """A passage that its report does not have, or no longer."""

    code = "no_such_passage"
    default_hint = "报告可能改过，段落编号变了。请打开报告，从里面重新找这一段。"


class IndexProblem(SearchAppError):
    """The index cannot be used as it is."""

    exit_code = 3
    http_status = 503
    code = "index"


class IndexMissing(IndexProblem):
    """No index has been built yet."""

    code = "index_missing"
    default_hint = "请先运行：search-app index"


class IndexOutdated(IndexProblem):
    """The index was built by another version of the schema, analyser or dictionary."""

    code = "index_outdated"
    default_hint = "请重建索引：search-app index --rebuild"


class IndexDamaged(IndexProblem):
    """The index on disk is not what was written."""

    code = "index_damaged"
    default_hint = "请重建索引：search-app index --rebuild"


class IndexLocked(IndexProblem):
    """Another process is writing the index."""

    code = "index_locked"
    default_hint = "请等它结束后再试。"

    def __init__(self, message: str, *, holder: int | None, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.holder = holder
