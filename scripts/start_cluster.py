"""Start or stop a trial cluster of OpenSearch on this machine, without Docker, and print its address.

For trying ``engine = "opensearch"`` and for the tests. Needs Linux, a Java from 11 to 23 and Maven, which fetches what
``scripts/opensearch/pom.xml`` pins. The nodes answer on 127.0.0.1 only, without a password, as an ordinary user::

    python -m scripts.start_cluster [--nodes 3] [--folder DIR] [--heap 512m] [--port 9200]
    python -m scripts.start_cluster --stop [--wipe] [--folder DIR]
"""

import argparse
import sys
from pathlib import Path

from scripts.opensearch.home import NEWEST_TRIED, VERSIONS, Missing
from scripts.opensearch.nodes import default_folder, known_trial, new_trial


def main() -> int:
    """Do what is asked for; 0 = done, 1 = something is missing."""
    asked = _arguments()
    known = known_trial(asked.folder)
    if asked.stop:
        if known is not None:
            known.stop()
            if asked.wipe:
                known.wipe()
        print("stopped" if known is not None else "nothing was started there", file=sys.stderr)
        return 0
    try:
        trial = known or new_trial(
            asked.folder, nodes=asked.nodes, heap=asked.heap, first_port=asked.port, version=asked.version
        )
        trial.start()
    except Missing as missing:
        print(f"{missing}\nDebian, Ubuntu: sudo apt install default-jre-headless maven", file=sys.stderr)
        return 1
    print(",".join(trial.urls))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stop", action="store_true", help="end the nodes that were started in the folder")
    parser.add_argument("--wipe", action="store_true", help="with --stop: remove what they held")
    parser.add_argument("--nodes", type=int, default=1, help="how many nodes a new cluster has")
    parser.add_argument("--folder", type=Path, default=default_folder(), help="program, data and logs")
    parser.add_argument("--heap", default="512m", help="memory of each node, as Java writes it")
    parser.add_argument("--port", type=int, default=9200, help="port of the first node, 0 = any that is free")
    parser.add_argument("--version", choices=VERSIONS, default=NEWEST_TRIED)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
