"""A server of several processes that tell their numbers: ``python -m tests.web.telling_processes WORKERS``.

It prints the port at which it answers. Whoever sends ``die`` ends the process that takes it; whoever sends ``slow`` is
told besides when that process is told to end, and a second later that the answer is whole.
"""

import os
import socket
import sys
import time

from search_app.errors import ConfigError
from search_app.settings import Settings
from search_app.web.processes import answer_in_processes


def tell(_: Settings, listener: socket.socket) -> None:
    """Answer every connection with the number of this process once something was sent."""
    while True:
        taken, _address = listener.accept()
        with taken:
            asked = taken.recv(16)
            if asked == b"die":
                os._exit(3)
            if asked == b"slow":
                finish(taken)
            else:
                tell_number(taken)


def tell_number(taken: socket.socket) -> None:
    """Tell the number of this process."""
    taken.sendall(str(os.getpid()).encode())


def finish(taken: socket.socket) -> None:
    """Tell the number, then finish this answer as a server does that is told to end; once more would break it off."""
    try:
        tell_number(taken)
        time.sleep(60)
    except KeyboardInterrupt:
        taken.sendall(b"told")
        time.sleep(1)
        taken.sendall(b"whole")
        raise


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
