"""A server of several processes that tell their numbers: ``python -m tests.web.telling_processes WORKERS``.

It prints the port at which it answers. Whoever sends ``die`` ends the process that takes it.
"""

import os
import socket
import sys

from search_app.errors import ConfigError
from search_app.settings import Settings
from search_app.web.processes import answer_in_processes


def tell(_: Settings, listener: socket.socket) -> None:
    """Answer every connection with the number of this process once something was sent."""
    while True:
        taken, _address = listener.accept()
        with taken:
            if taken.recv(16) == b"die":
                os._exit(3)
            taken.sendall(str(os.getpid()).encode())


def die(_settings: Settings, _listener: socket.socket) -> None:
    """End at once."""
    os._exit(3)


def main() -> None:
    """Listen and answer."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(16)
    print(listener.getsockname()[1], flush=True)
    workers = int(sys.argv[1])
    try:
        answer_in_processes(Settings(workers=workers or 2), listener, tell if workers else die)
    except ConfigError as error:
        sys.exit(error.message)


if __name__ == "__main__":
    main()
