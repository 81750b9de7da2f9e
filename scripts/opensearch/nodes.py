"""Nodes of a trial cluster on this machine: started as an ordinary user on 127.0.0.1, ended by their process ids.

A folder holds the home of the program, and for each node its configuration, data and logs; ``cluster.json`` says which
ports they have. Without a password, so for trials and tests only.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.opensearch.home import NEWEST_TRIED, Missing, find_java, lay_out

#: Seconds after which a cluster that has not come up never will, and a node that was asked to end is made to.
_STARTING, _ENDING = 300.0, 30.0
#: Held, for nodes run on when this program ends or forgets them.
_started: list[subprocess.Popen[bytes]] = []
_LOGGING = """status = error
appender.file.type = File
appender.file.name = file
appender.file.fileName = ${sys:opensearch.logs.base_path}/node.log
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.file.ref = file
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A cluster of this machine; ``ports`` has for each node the one that answers and the one for other nodes.

    ``folder`` holds what is the cluster's own, ``programs`` what several may share. What is ``short_lived`` is ready
    sooner and takes a fraction of the processor's time for its first minutes, and never becomes as quick as others.
    """

    folder: Path
    programs: Path
    version: str
    heap: str
    ports: tuple[tuple[int, int], ...]
    short_lived: bool = False

    @property
    def urls(self) -> tuple[str, ...]:
        """The address of each node."""
        return tuple(f"http://127.0.0.1:{port}" for port, _ in self.ports)

    def start(self) -> None:
        """Start every node that does not run, and wait until all have joined. Raises Missing, RuntimeError."""
        home, java = lay_out(_own_folder(self.programs), self.version), find_java(self.version)
        _own_folder(self.folder)
        told = {
            "version": self.version,
            "heap": self.heap,
            "ports": self.ports,
            "short_lived": self.short_lived,
        }
        (self.folder / "cluster.json").write_text(json.dumps(told), encoding="utf-8")
        for number in range(len(self.ports)):
            if not self.is_running(number):
                self._start_node(number, home, java)
        self.wait(len(self.ports))

    def stop(self, number: int | None = None, *, kill: bool = False) -> None:
        """End a node, or all; ``kill`` ends them as a power cut would, without a farewell to the others."""
        ending = [each for each in range(len(self.ports)) if number in (None, each) and self.is_running(each)]
        for each in ending:
            os.kill(self._process(each), signal.SIGKILL if kill else signal.SIGTERM)
        until = time.monotonic() + _ENDING
        while ending := [each for each in ending if self.is_running(each)]:
            if time.monotonic() > until:
                for each in ending:
                    os.kill(self._process(each), signal.SIGKILL)
            time.sleep(0.05)
        for started in [each for each in _started if not _began(each.pid)]:
            started.wait()
            _started.remove(started)

    def wipe(self) -> None:
        """Remove what ended nodes held."""
        shutil.rmtree(self.folder / "nodes", ignore_errors=True)

    def is_running(self, number: int) -> bool:
        """Return whether a node runs: its process id may have been given to another program since."""
        try:
            process, began = self._pid_file(number).read_text(encoding="ascii").split()
        except OSError:
            return False
        return _began(int(process)) == began

    def wait(self, nodes: int) -> None:
        """Return when so many nodes have joined and no primary shard is missing. Raises RuntimeError."""
        until = time.monotonic() + _STARTING
        while time.monotonic() < until:
            for number, url in enumerate(self.urls):
                if self.is_running(number) and _has_joined(url, nodes):
                    return
            running = sum(map(self.is_running, range(len(self.ports))))
            if running < nodes:
                raise RuntimeError(f"only {running} of {nodes} nodes run:\n{self._last_words()}")
            time.sleep(0.2)
        raise RuntimeError(f"no cluster of {nodes} nodes after {_STARTING:.0f} seconds; see {self.folder}/nodes/*/logs")

    def _own(self, number: int) -> Path:
        return self.folder / "nodes" / str(number + 1)

    def _pid_file(self, number: int) -> Path:
        """Return where a node's process id stands: where the node itself, an ordinary user, cannot write."""
        return self.folder / f"node-{number + 1}.pid"

    def _process(self, number: int) -> int:
        return int(self._pid_file(number).read_text(encoding="ascii").split()[0])

    def _last_words(self) -> str:
        consoles = sorted(self.folder.glob("nodes/*/logs/console.log"))
        return "\n".join(each.read_text(encoding="utf-8", errors="replace")[-2000:] for each in consoles)

    def _start_node(self, number: int, home: Path, java: str) -> None:
        own = self._own(number)
        for part in ("config", "data", "logs", "tmp"):
            (own / part).mkdir(parents=True, exist_ok=True)
        settings = "".join(f"{key}: {json.dumps(value)}\n" for key, value in self._settings(number).items())
        (own / "config" / "opensearch.yml").write_text(settings, encoding="utf-8")
        (own / "config" / "log4j2.properties").write_text(_LOGGING, encoding="utf-8")
        command = [*_as_ordinary_user(own), java, *self._java_options(home, own), "org.opensearch.bootstrap.OpenSearch"]
        with (own / "logs" / "console.log").open("ab") as console:
            started = subprocess.Popen(  # noqa: S603 - ours
                command,
                cwd=own,
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=console,
                start_new_session=True,
                env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
            )
        _started.append(started)
        self._pid_file(number).write_text(f"{started.pid} {_began(started.pid)}\n", encoding="ascii")

    def _settings(self, number: int) -> dict[str, Any]:
        own = self._own(number)
        settings: dict[str, Any] = {
            "cluster.name": "search-app-trial",
            "node.name": f"node-{number + 1}",
            "path.data": str(own / "data"),
            "path.logs": str(own / "logs"),
            "network.host": "127.0.0.1",
            "http.port": self.ports[number][0],
            "transport.port": self.ports[number][1],
            "cluster.routing.allocation.disk.threshold_enabled": False,  # a trial stops at no watermark
            "action.auto_create_index": False,
            "indices.query.bool.max_clause_count": 4096,
        }
        if len(self.ports) == 1:
            return settings | {"discovery.type": "single-node"}
        return settings | {
            "discovery.seed_hosts": [f"127.0.0.1:{port}" for _, port in self.ports],
            "cluster.initial_cluster_manager_nodes": [f"node-{one + 1}" for one in range(len(self.ports))],
        }

    def _java_options(self, home: Path, own: Path) -> list[str]:
        return [
            f"-Xms{self.heap}",
            f"-Xmx{self.heap}",
            *(["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"] if self.short_lived else ["-XX:+UseG1GC"]),
            "-Xshare:auto",
            "-XX:-OmitStackTraceInFastThrow",
            "-Dfile.encoding=UTF-8",
            "-Djava.awt.headless=true",
            "-Djna.nosys=true",
            f"-Djna.tmpdir={own / 'tmp'}",
            f"-Djava.io.tmpdir={own / 'tmp'}",
            "-Dio.netty.noUnsafe=true",
            "-Dio.netty.noKeySetOptimization=true",
            "-Dio.netty.recycler.maxCapacityPerThread=0",
            "-Dlog4j.shutdownHookEnabled=false",
            "-Dlog4j2.disable.jmx=true",
            *(["-Djava.security.manager=allow"] if self.version < "3" else []),
            f"-Dopensearch.path.home={home}",
            f"-Dopensearch.path.conf={own / 'config'}",
            "-cp",
            f"{home / 'lib'}/*",
        ]


def new_trial(
    folder: Path,
    *,
    programs: Path | None = None,
    nodes: int = 1,
    heap: str = "512m",
    first_port: int = 0,
    version: str = NEWEST_TRIED,
    short_lived: bool = False,
) -> Trial:
    """Return a cluster that is still to be started; ``first_port`` 0 takes ports that are free. Raises Missing."""
    if not Path("/proc/self/stat").exists():
        raise Missing("trial clusters are started on Linux only")
    with ExitStack() as held:  # all at once, so that no port is given twice
        free = [_free_port(held) for _ in range(2 * nodes)]
    own = range(first_port, first_port + nodes) if first_port else free[:nodes]
    ports = tuple(zip(own, free[nodes:], strict=True))
    return Trial(
        folder=folder, programs=programs or folder, version=version, heap=heap, ports=ports, short_lived=short_lived
    )


def known_trial(folder: Path) -> Trial | None:
    """Return the cluster that was started in a folder; None where none was."""
    try:
        told = json.loads((folder / "cluster.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    ports = tuple((one, other) for one, other in told["ports"])
    return Trial(**told | {"ports": ports}, folder=folder, programs=folder)


def default_folder() -> Path:
    """Return a folder of this user's own that an ordinary user may enter, too, which root's home is not."""
    return Path(tempfile.gettempdir()) / f"search-app-opensearch-{os.geteuid()}"


def _own_folder(folder: Path) -> Path:
    """Return a folder, made where it is missing. Raises Missing where it is another user's."""
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise Missing(f"the folder {folder} belongs to another user")
    folder.chmod(0o755)
    return folder


def _free_port(held: ExitStack) -> int:
    probe = held.enter_context(socket.socket())
    probe.bind(("127.0.0.1", 0))
    port: int = probe.getsockname()[1]
    return port


def _as_ordinary_user(own: Path) -> Iterator[str]:
    """Give the command before a command that has it run as nobody, where root calls: nodes refuse to run as root."""
    if os.geteuid() != 0:
        return
    import pwd

    nobody = pwd.getpwnam("nobody")
    for path in (own, *own.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    yield from ("setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups")


def _began(process: int) -> str:
    """Return when a process began, as the system counts; "" where it has ended, waited for or not."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    state, *rest = told.rpartition(")")[2].split()
    return "" if state == "Z" else rest[18]


def _has_joined(url: str, nodes: int) -> bool:
    asked = f"{url}/_cluster/health?wait_for_nodes={nodes}&wait_for_status=yellow&timeout=2s"
    with suppress(OSError, ValueError), urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310
        return not json.load(answer)["timed_out"]
    return False
