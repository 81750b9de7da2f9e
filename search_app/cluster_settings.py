"""Settings of a cluster, value by value: what was written -> what is meant, or ConfigError in plain Chinese.

In no message stands a password: neither one that was given as a setting, nor one inside an address.
"""

from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from search_app.errors import ConfigError
from search_app.lazy_patterns import lazy_pattern

EMBEDDED, OPENSEARCH = "embedded", "opensearch"

#: What OpenSearch takes as the name of an index, with room for what is put behind it; no sign of a pattern in it.
_PREFIX = lazy_pattern(r"[a-z0-9][a-z0-9_-]{0,99}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: name -> the least and the greatest value. No index of a cluster may have more than 1,024 shards.
_WHOLE = {"opensearch_shards": (1, 1024), "opensearch_replicas": (0, 20), "opensearch_retries": (0, 20)}
#: Seconds that one request may take at most.
_LONGEST = 3600
#: More bytes than any password has.
_MOST_SECRET = 4096


def engine_name(value: object) -> str:
    """Return which engine is meant."""
    if value not in (EMBEDDED, OPENSEARCH):
        raise ConfigError(
            f"engine 应为 {EMBEDDED} 或 {OPENSEARCH}，现在是 {value}",
            hint=f"{EMBEDDED} 是本机的索引文件夹，{OPENSEARCH} 是 OpenSearch 集群。请改正后再试。",
        )
    return str(value)


def urls(value: object) -> tuple[str, ...]:
    """Return the addresses in a list or a comma-separated string, each once."""
    listed = value.replace("，", ",").split(",") if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise ConfigError("opensearch_url 应为网址，或网址的列表", hint='请写成 opensearch_url = ["https://…:9200"]。')
    return tuple(dict.fromkeys(_url(each) for each in map(str.strip, listed) if each))


def prefix(value: object) -> str:
    """Return what the names of our indices begin with."""
    if not isinstance(value, str) or not _PREFIX.fullmatch(value):
        raise ConfigError(
            f"opensearch_prefix 不能是 {value}",
            hint="只用小写字母、数字、- 和 _，以字母或数字开头，最多 100 个字符，例如 search-app。",
        )
    return value


def user(value: object) -> str:
    """Return the name of the user; a colon would end it."""
    text = str(value)
    if not text or ":" in text or not text.isprintable():
        raise ConfigError("opensearch_user 不能为空，不能有冒号和换行", hint="请改正后再试。")
    return text


def whole(name: str, value: object) -> int:
    """Return a whole number within the bounds of its setting."""
    least, most = _WHOLE[name]
    text = str(value)
    number = int(text) if text.isdecimal() and len(text) < 6 else -1
    if not least <= number <= most:
        raise ConfigError(f"{name} 应为 {least} 至 {most} 的整数，现在是 {value}", hint="请改正后再试。")
    return number


def timeout(value: object) -> float:
    """Return how many seconds one request may take."""
    try:
        seconds = float(str(value))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST:
        raise ConfigError(
            f"opensearch_timeout 应为大于 0、至多 {_LONGEST} 的秒数，现在是 {value}", hint="请改正后再试，例如 30。"
        )
    return seconds


def read_password(file: Path) -> str:
    """Return the password in a file: its first line. Raises ConfigError where it cannot be read or says nothing."""
    hint = "请检查 opensearch_password_file 的路径和读取权限：文件里只写一行，就是密码。"
    try:
        with file.open("rb") as opened:
            found = opened.read(_MOST_SECRET + 1)
        text = found.decode("utf-8-sig").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"密码文件 {file} 读不出来", hint=hint) from error
    if not text or len(found) > _MOST_SECRET or "\n" in text:
        raise ConfigError(f"密码文件 {file} 里应正好有一行", hint=hint)
    return text


def refuse_plain(addresses: tuple[str, ...]) -> None:
    """Raise ConfigError where a password would be sent to another machine for everybody on the way to read."""
    for each in addresses:
        parts = urlsplit(each)
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ConfigError(
                f"设了集群的密码，{each} 却不加密，密码会被路上的人看见",
                hint="请给集群配好证书，地址改用 https://，单位自己签发的证书用 opensearch_ca_file 指明；"
                "集群不设密码的，去掉用户名和密码。",
            )


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        parts, port = SplitResult("", "", "", "", ""), None
    if parts.username is not None or parts.password is not None:
        raise ConfigError(
            "opensearch_url 里不要写用户名和密码",
            hint="用户名写 opensearch_user，密码放进 opensearch_password_file 指的文件，"
            "或环境变量 SEARCH_APP_OPENSEARCH_PASSWORD。",
        )
    if parts.scheme not in ("http", "https") or not parts.hostname or not port or parts.query or parts.fragment:
        raise ConfigError(
            f"opensearch_url 里的“{text}”不是集群的地址",
            hint="请写全协议、主机和端口，例如 https://search.example:9200；多个地址用逗号隔开。",
        )
    return text.rstrip("/")
