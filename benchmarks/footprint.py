"""What laurels takes before it does anything: run `python -m benchmarks.footprint`.

Prints the time of `import laurels` (what a badge author imports) and of `laurels --help`, the best and the median of several whole
processes less that of an empty one for the import, and the resident memory of an idle `laurels run` with SQLite and the GitHub adapter.
"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

RUNS = 9
CONFIG = """
[store]
url = "sqlite:///{folder}/laurels.db"
[http]
listen = "127.0.0.1:{port}"
[adapters.github_webhooks]
secret = "it is a secret to everybody"
"""


def timed(*command: str) -> list[float]:
    """Seconds that a command takes as a whole process, several times."""
    found = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        found.append(time.perf_counter() - start)
    return sorted(found[1:])


def idle(port: int = 18_473) -> float:
    """Megabytes resident of a laurels that has nothing to do."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "laurels.toml"
        config.write_text(CONFIG.format(folder=folder, port=port))
        child = subprocess.Popen([laurels(), "run", "--config", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz")
            time.sleep(3)
            pages = int(Path(f"/proc/{child.pid}/statm").read_text().split()[1])
        finally:
            child.send_signal(signal.SIGTERM)
            child.wait()
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def wait_for(url: str) -> None:
    """Return once *url* answers."""
    for _ in range(300):
        with suppress(OSError), urllib.request.urlopen(url):
            return
        time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")


def laurels() -> str:
    """The command, beside this Python."""
    return str(Path(sys.executable).with_name("laurels"))


def main() -> None:
    """Measure and print."""
    empty, author = timed(sys.executable, "-c", "pass"), timed(sys.executable, "-c", "import laurels")
    helped = timed(laurels(), "--help")
    milliseconds = [(its[0] * 1000, statistics.median(its) * 1000) for its in (empty, author, helped)]
    (empty_best, empty_median), (author_best, author_median), (help_best, help_median) = milliseconds
    print(f"import laurels   best {author_best - empty_best:5.0f} ms   median {author_median - empty_median:5.0f} ms")
    print(f"laurels --help   best {help_best:5.0f} ms   median {help_median:5.0f} ms")
    print(f"laurels run      {idle():5.0f} MB resident, idle, SQLite and GitHub adapter")


if __name__ == "__main__":
    main()
