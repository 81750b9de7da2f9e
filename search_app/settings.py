"""Settings: environment first, then ``search-app.toml`` in this folder, then defaults: read at the doors only."""

import os
import re
import shlex
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from search_app import cluster_settings
from search_app.errors import ConfigError
from search_app.lazy_patterns import lazy_pattern

SETTINGS_FILE = "search-app.toml"
PREFIX = "SEARCH_APP_"
#: Labels of letters, digits, hyphens and (as office networks have them) underscores, joined by dots.
_HOST_NAME = lazy_pattern(
    r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*"
)

_CLUSTER: dict[str, Callable[[object], str | float | tuple[str, ...]]] = {
    "engine": cluster_settings.engine_name,
    "opensearch_url": cluster_settings.urls,
    "opensearch_prefix": cluster_settings.prefix,
    "opensearch_user": cluster_settings.user,
    "opensearch_timeout": cluster_settings.timeout,
}

_SWITCHES = {"true": True, "1": True, "false": False, "0": False}

#: Seconds that a search may be given at most; whoever wants more wants no bound.
_LONGEST = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the reports and the index are, and how the page is served.

    ``gazetteer`` is an administrator's own list of places; who uses it checks what stands in it.
    ``workers`` is how many processes answer, each so many requests at once (``threads``), with some 250 MB of memory;
    threads share one interpreter, so that more of them make all wait longer.
    ``hosts`` are names and addresses, besides those of this machine, under which browsers may ask for the page.
    ``time_budget`` is how many seconds a search may take before it answers of what it has looked at; 0 = any time.
    ``vanished_limit`` is from how many reports on a folder that is gone as a whole is kept until that is accepted; 0 =
    its reports are removed without asking.
    ``ocr_command`` is the program that recognises scans, word by word; () = Tesseract, if it is installed.
    ``baskets`` is the folder in which collected passages are kept; None = beside the index, named after it.
    ``log_file`` is where requests and index runs are written down, None = nowhere; what was searched for is left out
    unless ``log_queries``. ``metrics`` has /metrics answered, for Prometheus.
    ``engine`` is where passages are kept: in the index folder, or in a cluster at ``opensearch_url``; of what the
    names of the other ``opensearch_`` settings mean, :class:`search_app.engines.opensearch.transport.Cluster` tells.
    ``fallback`` has an embedded index in the index folder answer while the cluster cannot.
    """

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    gazetteer: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 4
    workers: int = 1
    hosts: tuple[str, ...] = ()
    time_budget: float = 1.0
    baskets: Path | None = None
    vanished_limit: int = 1
    ocr_command: tuple[str, ...] = ()
    log_file: Path | None = None
    log_queries: bool = False
    metrics: bool = False
    engine: str = cluster_settings.EMBEDDED
    fallback: bool = False
    opensearch_url: tuple[str, ...] = ()
    opensearch_user: str | None = None
    opensearch_password: str | None = field(default=None, repr=False)
    opensearch_password_file: Path | None = None
    opensearch_ca_file: Path | None = None
    opensearch_timeout: float = 30.0
    opensearch_retries: int = 5
    opensearch_prefix: str = "search-app"
    opensearch_shards: int = 1
    opensearch_replicas: int = 1

    def basket_folder(self) -> Path:
        """Return the folder of what is collected: the one that is set, else one beside the index."""
        if self.baskets is not None:
            return self.baskets
        index = Path(os.path.abspath(self.index))  # noqa: PTH100 - links are not followed: they may change
        return index.with_name(f"{index.name}.baskets") if index.name else index / "search-app.baskets"

    def check_cluster(self) -> None:
        """Raise ConfigError where what is set of a cluster does not fit together."""
        if not self.opensearch_url:
            raise ConfigError(
                '设了 engine = "opensearch"，却没有写集群的地址',
                hint='请写上 opensearch_url = "https://…:9200"，或设环境变量 SEARCH_APP_OPENSEARCH_URL。',
            )
        has_password = self.opensearch_password is not None or self.opensearch_password_file is not None
        if has_password != (self.opensearch_user is not None):
            raise ConfigError(
                "集群的用户名和密码要一起设",
                hint="用户名写 opensearch_user，密码放进 opensearch_password_file 指的文件，"
                "或环境变量 SEARCH_APP_OPENSEARCH_PASSWORD。",
            )
        if has_password:
            cluster_settings.refuse_plain(self.opensearch_url)


def load(environ: Mapping[str, str] | None = None, *, folder: Path | None = None) -> Settings:
    """Return the settings; a value of the wrong kind or an unknown key raises ConfigError."""
    found = _from_file((folder or Path()) / SETTINGS_FILE)
    environ = os.environ if environ is None else environ
    for item in fields(Settings):
        value = environ.get(PREFIX + item.name.upper())
        if value:
            found[item.name] = value
    values: dict[str, Any] = {name: _convert(name, value) for name, value in found.items()}
    loaded = replace(Settings(), **values)
    if loaded.engine == cluster_settings.OPENSEARCH:
        loaded.check_cluster()
    return loaded


def _from_file(path: Path) -> dict[str, object]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        import tomllib  # only who has such a file needs it

        found = tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:  # also what is no UTF-8, or no TOML
        raise ConfigError(
            f"配置文件 {path} 读不出来：{error}", hint="请用 UTF-8 编码保存，并检查等号和引号；路径里的 \\ 改写成 /。"
        ) from error
    unknown = sorted(set(found) - {item.name for item in fields(Settings)})
    if unknown:
        raise ConfigError(f"配置文件 {path} 里有不认识的项：{'、'.join(unknown)}", hint="请删去或改正这些项。")
    if "opensearch_password" in found:
        raise ConfigError(
            f"密码不要写在 {path} 里：这个文件常被复制和查看",
            hint="请放进另一个只有自己能读的文件，用 opensearch_password_file 指明，"
            "或设环境变量 SEARCH_APP_OPENSEARCH_PASSWORD。",
        )
    return found


def _convert(name: str, value: object) -> Path | str | float | tuple[str, ...] | None:
    match name:
        case "gazetteer" | "baskets" | "log_file" if value == "":
            return None
        case "corpus" | "index" | "gazetteer" | "baskets" | "log_file":
            return _path(name, value)
        case "log_queries" | "metrics" | "fallback":
            return _switch(name, value)
        case "engine" | "opensearch_url" | "opensearch_prefix" | "opensearch_user" | "opensearch_timeout":
            return _CLUSTER[name](value)
        case "opensearch_shards" | "opensearch_replicas" | "opensearch_retries":
            return cluster_settings.whole(name, value)
        case "opensearch_ca_file" | "opensearch_password_file":
            return _path(name, value)
        case "opensearch_password":
            return str(value)
        case "host":
            return str(value)
        case "hosts":
            return _host_names(value)
        case "time_budget":
            return _seconds(name, value)
        case "ocr_command":
            return _command(name, value)
        case "vanished_limit":
            return _whole(name, value)
        case _:
            try:
                number = int(str(value))
            except ValueError:
                number = -1
            if not 0 < number < 65536:
                raise ConfigError(f"{name} 应为 1 至 65535 的整数，现在是 {value}", hint="请改正后再试。")
            return number


def _seconds(name: str, value: object) -> float:
    try:
        seconds = float(str(value))
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST:  # not a number is not in between either
        raise ConfigError(
            f"{name} 应为 0 至 {_LONGEST} 的秒数，现在是 {value}", hint="可以写小数，例如 0.5；0 表示不限时间。"
        )
    return seconds


def _switch(name: str, value: object) -> bool:
    found = _SWITCHES.get(str(value).strip().lower())
    if found is None:
        raise ConfigError(f"{name} 应为 true 或 false，现在是 {value}", hint="请改正后再试；true 表示打开。")
    return found


def _command(name: str, value: object) -> tuple[str, ...]:
    """Return the words of a command line, which may be given as a list."""
    if isinstance(value, list) and all(isinstance(word, str) and word for word in value):
        return tuple(value)
    with suppress(ValueError):  # a quotation mark that is not closed
        if isinstance(value, str):
            return split_command(value)
    hint = '请写成 ocr_command = ["程序", "{image}", …]，{image} 代表图片的文件名。'
    raise ConfigError(f"{name} 写得不对：{value}", hint=hint)


def split_command(command: str) -> tuple[str, ...]:
    """Return a command line as its words; on Windows a backslash is part of a path. Raises ValueError."""
    if sys.platform == "win32":
        return tuple(word.strip('"') for word in shlex.split(command, posix=False))
    return tuple(shlex.split(command))


def _whole(name: str, value: object) -> int:
    text = str(value)
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ConfigError(f"{name} 应为 0 或更大的整数，现在是 {value}", hint="请改正后再试；0 表示关闭。")
    return int(text)


def _path(name: str, value: object) -> Path:
    if not isinstance(value, str) or not value or "\0" in value:
        raise ConfigError(f"{name} 应为一个路径，现在是 {value}", hint=f'请写成 {name} = "…"，路径里的 \\ 改写成 /。')
    return Path(value)


def _host_names(value: object) -> tuple[str, ...]:
    """Return the names in a list or a comma-separated string, each as browsers send it."""
    names = value.replace("，", ",").split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ConfigError(f"hosts 应为主机名的列表，现在是 {value}", hint='请写成 hosts = ["search.example"]。')
    return tuple(dict.fromkeys(_host_name(name) for name in map(str.strip, names) if name))


def _host_name(name: str) -> str:
    with suppress(ValueError):
        return str(ip_address(name.strip("[]")))
    try:
        plain = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        plain = ""
    if not _HOST_NAME.fullmatch(plain):
        raise ConfigError(
            f"hosts 里的“{name}”不是主机名",
            hint="只写名字或 IP 地址本身，例如 search.example：不带 http://、端口、路径和通配符；多个名字用逗号隔开。",
        )
    return plain
