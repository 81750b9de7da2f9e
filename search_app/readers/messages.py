"""Messages between the sandbox and its helper process: a size in eight bytes, then so many bytes."""

import struct
from typing import IO

#: What the helper ends with where it counts its processor time itself and the time for one file is up.
OUT_OF_TIME = 124
#: Asked instead of a suffix, with a number behind it: a picture of that page of a PDF.
DRAW = "draw:"
_SIZE = struct.Struct(">Q")


def send(stream: IO[bytes], *messages: bytes) -> None:
    """Write messages. Raises OSError where the other side is gone."""
    for data in messages:
        stream.write(_SIZE.pack(len(data)))
        stream.write(data)
    stream.flush()


def receive(stream: IO[bytes], most: int) -> bytes:
    """Return one message. Raises EOFError where the other side is gone, or wants to send more than ``most`` bytes."""
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        raise EOFError
    (size,) = _SIZE.unpack(head)
    if size > most:
        raise EOFError
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
