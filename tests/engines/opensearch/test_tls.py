"""TLS: a cluster is spoken to whose certificate stands under the authority that is set, for the name asked."""

import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.engines.cluster_errors import ClusterUntrusted
from search_app.engines.opensearch.transport import Cluster, connect, own_errors
from tests.engines.opensearch.fake_cluster import Said, fake_cluster


def openssl(*arguments: str, folder: Path) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with an authority, a certificate that it signed for 127.0.0.1, and another authority."""
    folder = tmp_path_factory.mktemp("tls")
    for name in ("authority", "other"):
        made = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}")
        openssl(*made, "-keyout", f"{name}.key", "-out", f"{name}.pem", folder=folder)
    asked = ("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=node")
    openssl(*asked, "-keyout", "node.key", "-out", "node.csr", folder=folder)
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n", encoding="ascii")
    signed = ("x509", "-req", "-in", "node.csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-days", "2")
    openssl(*signed, "-CAcreateserial", "-extfile", "names", "-out", "node.pem", folder=folder)
    return folder


@pytest.fixture
def url(certificates: Path) -> Iterator[str]:
    """Give the address of a server that speaks TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "node.pem", certificates / "node.key")
    with fake_cluster(Said(body={"took": 1}), tls=context) as fake:
        yield fake.url


def ask(url: str, authority: Path | None) -> int:
    with own_errors():
        found: int = connect(Cluster(urls=(url,), ca_file=authority)).search(index="x", body={})["took"]
        return found


def test_a_cluster_under_the_authority_that_is_set_answers(url: str, certificates: Path) -> None:
    assert ask(url, certificates / "authority.pem") == 1


@pytest.mark.parametrize("authority", ["other.pem", None])
def test_a_cluster_under_another_authority_is_not_spoken_to(
    authority: str | None, url: str, certificates: Path
) -> None:
    with pytest.raises(ClusterUntrusted):
        ask(url, certificates / authority if authority else None)


def test_a_certificate_for_another_name_is_not_believed(url: str, certificates: Path) -> None:
    with pytest.raises(ClusterUntrusted):
        ask(url.replace("127.0.0.1", "localhost"), certificates / "authority.pem")
