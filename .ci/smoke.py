"""Smoke run of an installed okr-sheets: `demo` starts, the page shows scores, Ctrl-C ends it cleanly.

python .ci/smoke.py PATH/TO/okr-sheets
"""

import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import Any

DEADLINE = 60.0


def main(command: str) -> None:
    with subprocess.Popen(
        [command, "demo", "--port", "0", "--sheets-port", "0", "--no-open"], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            page = address(process)
            wait_for(page, "<svg")
            for path in ("alignment.json", "problems", "healthz", "readyz", "static/style.css"):
                fetch(page + path)
        finally:
            process.send_signal(signal.SIGINT)
        code = process.wait(timeout=DEADLINE)
    if code != 0:
        sys.exit(f"demo ended with {code}")
    print(f"the installed demo works ({page})")


def address(process: "subprocess.Popen[str]") -> str:
    for line in process.stdout or ():
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        if found:
            return found[0]
    sys.exit("demo printed no address")


def wait_for(url: str, text: str) -> None:
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        try:
            if text in fetch(url):
                return
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise
        time.sleep(0.2)
    sys.exit(f"{url} never showed {text!r}")


def fetch(url: str) -> str:
    response: Any
    with urllib.request.urlopen(url, timeout=10) as response:
        return str(response.read().decode())


if __name__ == "__main__":
    main(sys.argv[1])
