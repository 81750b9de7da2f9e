"""The layout of a segment file: byte records laid end to end beside arrays, and the names of ordinals and bits."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_app.array_file import write_arrays


def lay_records(name: str, held: Iterable[bytes]) -> dict[str, NDArray[Any]]:
    """Return byte strings laid end to end, and where each ends."""
    laid = list(held)
    return {
        name: np.frombuffer(b"".join(laid), dtype=np.uint8),
        f"{name}_ends": np.cumsum([len(record) for record in laid], dtype=np.uint64),
    }


def write_segment(
    path: Path,
    arrays: Mapping[str, NDArray[Any]],
    *,
    sections: Iterable[str],
    topics: Iterable[str],
    places: Iterable[str],
    genres: Iterable[str],
) -> None:
    """Write the file of a segment with what its ordinals and bits stand for."""
    named = {"sections": sections, "topics": topics, "places": places, "genres": genres}
    write_arrays(path, arrays, {name: list(values) for name, values in named.items()})
