"""The home folder of a node, laid out from pinned jars: what the published modules lack (descriptors, policies) too.

In: a version and a folder. Out: ``home-VERSION`` with ``lib/`` and ``modules/``. Maven resolves the coordinates of
``pom.xml`` (62 MB; the first run downloads them, later ones find them in Maven's own folder).
"""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

#: version -> the log4j that belongs to it, and the Java that it runs on: the 2.x line needs the security manager, which
#: Java 24 took away, the 3.x line is compiled for Java 21.
VERSIONS = {"2.19.6": ("2.25.4", (11, 23)), "3.9.0": ("2.25.5", (21, 99))}
NEWEST_TRIED = next(iter(VERSIONS))

#: module -> the jars that belong to it (the first part of their names); every other jar goes to lib/.
_MODULES = {
    "transport-netty4": ("transport-netty4-client", "netty-", "opensearch-netty4"),
    "analysis-common": ("analysis-common",),
    "lang-painless": ("lang-painless", "opensearch-scripting-painless-spi", "antlr4-runtime", "asm"),
    "mapper-extras": ("mapper-extras-client",),
    "parent-join": ("parent-join-client",),
    "reindex": ("reindex-client", "opensearch-rest-client", "opensearch-ssl-config", "http", "commons-"),
}
_EXTENDS = {"analysis-common": "lang-painless"}
#: What a module may do beside what every module may.
_POLICY = {
    "transport-netty4": (
        'java.net.SocketPermission "*", "accept,connect"',
        'java.io.FilePermission "/proc/sys/net/core/somaxconn", "read"',
        'java.lang.RuntimePermission "setContextClassLoader"',
    ),
    "lang-painless": (
        'java.lang.RuntimePermission "createClassLoader"',
        'java.lang.RuntimePermission "getClassLoader"',
    ),
}


class Missing(Exception):
    """What a node needs is not on this machine: Java, Maven, or a system that it runs on."""


def lay_out(folder: Path, version: str) -> Path:
    """Return the home folder of this version, made where it is missing. Raises Missing."""
    home = folder / f"home-{version}"
    if home.is_dir():
        return home
    making = folder / f"making-{os.getpid()}"
    jars = making / "jars"
    jars.mkdir(parents=True)
    try:
        _fetch(jars, version)
        for jar in jars.iterdir():
            owner = next((name for name, own in _MODULES.items() if jar.name.startswith(own)), None)
            into = making / "modules" / owner if owner else making / "lib"
            into.mkdir(parents=True, exist_ok=True)
            jar.rename(into / jar.name)
        jars.rmdir()
        for empty in ("bin", "plugins", "extensions"):  # a node would make them, and may not
            (making / empty).mkdir()
        for name, (first, *_) in _MODULES.items():
            _describe(making / "modules" / name, name, first, version)
        making.rename(home)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return home


def find_java(version: str) -> str:
    """Return the first Java on this machine that the version runs on. Raises Missing."""
    least, most = VERSIONS[version][1]
    homes = [os.environ.get("OPENSEARCH_JAVA_HOME"), os.environ.get("JAVA_HOME")]
    homes += sorted(map(str, Path("/usr/lib/jvm").glob("*")))
    programs = [Path(home) / "bin" / "java" for home in filter(None, homes)]
    on_path = shutil.which("java")
    for program in (*programs, *([Path(on_path)] if on_path else [])):
        if program.exists():
            told = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S603
            found = re.search(r'"(\d+)', told)
            if found and least <= int(found[1]) <= most:
                return str(program)
    raise Missing(f"OpenSearch {version} needs a Java from {least} to {most}, which is not on this machine")


def _fetch(jars: Path, version: str) -> None:
    """Have Maven put the jars of a version into a folder. Raises Missing."""
    maven = shutil.which("mvn")
    if maven is None:
        raise Missing("Maven (mvn), which fetches OpenSearch, is not on this machine")
    command = [maven, "-q", "-B", "-C", "-f", str(Path(__file__).with_name("pom.xml")), "dependency:copy-dependencies"]
    command += ["-DincludeScope=runtime", f"-DoutputDirectory={jars}"]
    command += [f"-Dopensearch={version}", f"-Dlog4j={VERSIONS[version][0]}"]
    command += ["-Pagent"] if version >= "3" else []
    subprocess.run(command, check=True, stdout=sys.stderr)  # noqa: S603 - ours


def _describe(module: Path, name: str, first: str, version: str) -> None:
    """Write the two files that a module has in the distribution and its jar has not."""
    with zipfile.ZipFile(next(module.glob(f"{first}*.jar"))) as jar:
        plugin = next(entry for entry in jar.namelist() if re.fullmatch(r"[\w/]+Plugin\.class", entry))
    lines = (
        f"name={name}",
        f"description={name}",
        f"version={version}",
        f"opensearch.version={version}",
        "java.version=11",
        f"classname={plugin.removesuffix('.class').replace('/', '.')}",
        f"extended.plugins={_EXTENDS.get(name, '')}",
        "has.native.controller=false",
    )
    (module / "plugin-descriptor.properties").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if name in _POLICY:
        granted = "".join(f"  permission {one};\n" for one in _POLICY[name])
        (module / "plugin-security.policy").write_text(f"grant {{\n{granted}}};\n", encoding="utf-8")
