"""Host headers: this machine's names and addresses are answered, any other name or address is refused."""

import socket

import pytest
from flask.testing import FlaskClient

from search_app.settings import Settings
from search_app.web import create_app, own_addresses
from search_app.web.own_addresses import OwnAddresses
from tests.web import sample

EVERYWHERE = ["0.0.0.0", "::"]  # noqa: S104 - nothing is bound to them
OF_OTHERS = ["8.8.8.8", "8.8.8.8:8000", "[2001:4860:4860::8888]", "192.0.2.7", "::ffff:8.8.8.8", "224.0.0.1", "[::]:80"]


def asked_under(host: str, settings: Settings) -> int:
    client = create_app(settings, engine=sample.engine()).test_client()
    return client.get("/healthz", headers={"Host": host}).status_code


@pytest.fixture
def interfaces(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Stand in for the addresses that the machine has, which may come and go."""
    held: set[str] = set()
    monkeypatch.setattr(own_addresses, "_is_ours", lambda address: str(address) in held)
    return held


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "[::1]:8000", "localhost:8000", "LOCALHOST", "127.0.0.2"])
@pytest.mark.parametrize("listening", ["127.0.0.1", *EVERYWHERE])
def test_the_machine_itself_is_let_in_by_every_name_it_has_for_itself(host: str, listening: str) -> None:
    assert OwnAddresses(Settings(host=listening)).hold(host)


@pytest.mark.parametrize("host", OF_OTHERS)
@pytest.mark.parametrize("listening", ["127.0.0.1", *EVERYWHERE])
def test_an_address_of_another_machine_is_refused(host: str, listening: str) -> None:
    assert not OwnAddresses(Settings(host=listening)).hold(host)


def test_a_refusal_says_how_to_let_an_address_in(client: FlaskClient) -> None:
    refused = client.get("/api/v1/status", headers={"Host": "8.8.8.8"})

    assert refused.status_code == 400
    assert "hosts = [" in refused.get_json()["error"]["hint"]


@pytest.mark.parametrize("listening", EVERYWHERE)
def test_an_address_counts_from_the_moment_the_machine_has_it_until_it_is_gone(
    listening: str, interfaces: set[str]
) -> None:
    own = OwnAddresses(Settings(host=listening))
    before = own.hold("10.1.2.3:8000")
    interfaces.add("10.1.2.3")
    meanwhile = own.hold("10.1.2.3:8000")
    interfaces.clear()
    after = own.hold("10.1.2.3:8000")

    assert (before, meanwhile, after) == (False, True, False)


def test_an_address_of_the_machine_at_which_the_server_does_not_listen_is_refused(interfaces: set[str]) -> None:
    interfaces.update({"10.1.2.3", "10.1.2.4"})
    own = OwnAddresses(Settings(host="10.1.2.3"))

    assert own.hold("10.1.2.3:8000")
    assert not own.hold("10.1.2.4:8000")


def test_the_system_knows_its_own_addresses() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; the system only picks the interface
        except OSError:
            pytest.skip("this machine has no network")
        mine = probe.getsockname()[0]

    assert OwnAddresses(Settings(host="0.0.0.0")).hold(f"{mine}:8000")  # noqa: S104 - only a value


@pytest.mark.parametrize("host", ["203.0.113.9", "2001:db8::9"])
def test_an_address_that_is_configured_is_let_in(host: str) -> None:
    settings = Settings(hosts=(host,))

    assert asked_under(f"[{host}]:80" if ":" in host else host, settings) == 200
    assert asked_under("203.0.113.8", settings) == 400


def test_a_server_that_listens_at_a_name_answers_under_its_addresses_alone(interfaces: set[str]) -> None:
    interfaces.add("10.1.2.3")

    assert not OwnAddresses(Settings(host="localhost")).hold("10.1.2.3")
