"""What can go wrong, each with an exit code for the shell and a status for HTTP.

::

    SearchAppError                         exit 1 · 500
    ├── ConfigError                        exit 2
    ├── CannotWrite                        exit 1   a file that was to be written
    ├── ReadError(path, reason)            one file; collected in the Tally, never stops a run
    │   ├── UnsupportedFile (also Picture)  ├── DamagedFile (also PassingFault)
    │   ├── NoText (also Scan, NotRecognised)  └── TooLarge
    ├── BadSearch                          exit 2 · 400   unknown facet, sort, page; limits
    │   ├── NothingToSearch                         400   signs only
    │   ├── NoSuchPage                              404
    │   └── NoSuchGeneration
    ├── BadCode                            exit 2 · 400
    ├── NoSuchReport                              404
    │   ├── NoSuchPassage                           404
    │   └── NoSuchText                              404
    ├── BadBasket                          exit 2 · 400   an edit beyond a limit
    │   ├── NoSuchBasket                            404   not there, or not this browser's
    │   ├── BasketConflict(current)                 409   written to elsewhere meanwhile
    │   └── ForgedEdit                              403   not sent from a page of ours
    ├── BasketsUnusable                             503   what is collected cannot be kept or read
    └── IndexProblem                       exit 3 · 503
        ├── IndexMissing  ├── IndexOutdated  ├── IndexDamaged  └── IndexLocked(holder)

``message`` is one plain Chinese sentence for a clerk; ``hint`` says what to do next.
"""

import errno
from typing import ClassVar

_REASONS = {
    errno.ENOENT: "文件不存在（可能刚被移走或改名）",
    **dict.fromkeys((errno.EACCES, errno.EPERM), "没有读取权限"),
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EBUSY: "正被别的程序占用",
    errno.ELOOP: "快捷链接首尾相接，找不到真正的文件",
    errno.ENAMETOOLONG: "路径太长",
    errno.ENOSPC: "磁盘已满",
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


class PassingFault(DamagedFile):
    """A file that could not be read just now, for a reason that may pass: locked, out of reach, a machine too busy."""

    code = "passing_fault"


class NoText(ReadError):
    """A readable file without text: empty, or a scan that holds only pictures."""

    code = "no_text"
    default_hint = "可能是扫描件或空文件。请找文字版，或先做文字识别（OCR）再放回资料文件夹。"


class Scan(NoText):
    """A file of pages that are pictures: a program that recognises text may read it."""

    code = "scan"


class NotRecognised(NoText):
    """A scan or picture in which a program that recognises text found none."""

    code = "not_recognised"
    default_hint = "请找文字版，或打开文件看看是不是空白页、字迹太淡。"


class Picture(UnsupportedFile):
    """A picture: a program that recognises text may read it."""

    code = "picture"


class TooLarge(ReadError):
    """A file with more text than an engine takes as one report."""

    code = "too_large"
    default_hint = "请把文件拆成几份再放回资料文件夹。"


class CannotWrite(SearchAppError):
    """A file that could not be written; what was there before is as it was."""

    code = "cannot_write"


class BadSearch(SearchAppError):
    """A filter, sort, page or size that does not exist or is out of bounds."""

    exit_code = 2
    http_status = 400
    code = "bad_search"


class NothingToSearch(BadSearch):
    """Something was typed, and nothing of it can be searched for: signs only, or a condition without a value."""

    code = "nothing_to_search"
    default_hint = "请输入几个字，例如：矛盾纠纷调解。"


class NoSuchPage(BadSearch):
    """A page of results after the last one."""

    http_status = 404
    code = "no_such_page"

    def __init__(self, message: str, *, last: int, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.last = last


class NoSuchGeneration(BadSearch):
    """A state of the index that nothing can be held against: it never was, or nothing is known of it any more."""

    code = "no_such_generation"


class BadCode(SearchAppError):
    """What is given as a citation code and cannot be one."""

    exit_code = 2
    http_status = 400
    code = "bad_code"
    default_hint = "引用码由 14 个数字和字母组成，像 7K3QF-9ZM2X-2XAB，大小写不限，连字符可以不写。请核对后再试。"


class NoSuchReport(SearchAppError):
    """A report that the index does not hold."""

    http_status = 404
    code = "no_such_report"
    default_hint = "它可能已从资料文件夹移走。请回到检索页重新查找。"


class NoSuchPassage(NoSuchReport):
    """A passage that its report does not have, or no longer."""

    code = "no_such_passage"
    default_hint = "报告可能改过，段落编号变了。请打开报告，从里面重新找这一段。"


class NoSuchPlace(NoSuchReport):
    """A town or county of which no report is held, or none of that year."""

    code = "no_such_place"
    default_hint = "请核对县名、镇名和年度，或到“收录与说明”看看收录了哪些镇、哪些年。"


class NoSuchText(NoSuchReport):
    """A text, named by its citation code, that no report holds any longer."""

    code = "no_such_text"
    default_hint = "原文可能改过，或报告已移走。请用镇名和年度检索，打开报告找改过的那一段；素材夹里还留着原文。"


class BadBasket(SearchAppError):
    """An edit of a basket that is beyond a limit or cannot be meant."""

    exit_code = 2
    http_status = 400
    code = "bad_basket"


class NoSuchBasket(BadBasket):
    """A basket, an entry or a removal that is not there, or is not this browser's."""

    http_status = 404
    code = "no_such_basket"
    default_hint = "可能已在另一个窗口里移出或删除。请打开素材夹看看。"


class BasketConflict(BadBasket):
    """A note, heading or name that was changed elsewhere since it was read; ``current`` is what it is now."""

    http_status = 409
    code = "basket_conflict"
    default_hint = "两边的文字都在下面，请留下要用的再保存。"

    def __init__(self, message: str, *, current: str, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.current = current


class ForgedEdit(BadBasket):
    """An edit that does not show that it was sent from a page of ours."""

    http_status = 403
    code = "forged_edit"


class BasketsUnusable(SearchAppError):
    """The file of the baskets cannot be read or written as it is; searching goes on."""

    http_status = 503
    code = "baskets_unusable"


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
    default_hint = "请确认资料文件夹已连接，再运行：search-app index，会从头重建；报告、素材夹、设置都不受影响。"


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
