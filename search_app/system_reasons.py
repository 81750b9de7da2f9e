"""Why the system refuses a file, a folder or an address, in Chinese: its own words are English, or the machine's.

In: the error. Out: the reason without a full stop, for a sentence that says what could not be done.
"""

import errno

_ANY = {
    errno.ENOSPC: "磁盘空间不够",
    errno.EDQUOT: "磁盘空间不够",
    errno.EFBIG: "文件太大，磁盘放不下",
    errno.EROFS: "这个磁盘只能读",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EBUSY: "正被别的程序占用",
    errno.ELOOP: "快捷链接首尾相接，找不到真正的文件",
    errno.ENAMETOOLONG: "路径太长",
    errno.EADDRINUSE: "已被别的程序占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}
_READING = {
    errno.ENOENT: "文件不存在（可能刚被移走或改名）",
    errno.EACCES: "没有读取权限",
    errno.EPERM: "没有读取权限",
}
_WRITING = {
    errno.ENOENT: "没有这个文件夹",
    errno.ENOTDIR: "没有这个文件夹",
    errno.EACCES: "没有写入的权限",
    errno.EPERM: "没有写入的权限",
}
_UNKNOWN = "磁盘或网络错误"


def why_not_opened(error: Exception) -> str:
    """Return why a file or folder is not handed out."""
    return _find(error, _READING)


def why_not_written(error: Exception) -> str:
    """Return why a file or folder takes nothing."""
    return _find(error, _WRITING)


def why_no_address(error: OSError) -> str:
    """Return why nobody can listen at an address."""
    import socket

    if isinstance(error, socket.gaierror):
        return "没有这个名字或地址"
    return {errno.EACCES: "没有权限（1024 以下的端口要管理员才能用）"}.get(error.errno or 0) or _find(error, {})


def _find(error: Exception, reasons: dict[int, str]) -> str:
    number = (error.errno or 0) if isinstance(error, OSError) else 0
    return reasons.get(number) or _ANY.get(number) or _UNKNOWN
