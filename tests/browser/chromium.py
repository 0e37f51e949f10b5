"""The Chromium that drives the browser tests: the machine's own, never a downloaded one.

`python -m tests.browser.chromium` prints its path, or fails where there is none.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: containers refuse it. The rest keeps the browser itself from calling anyone.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def find_chromium() -> str | None:
    """Return the path of the Chromium named by $CHROMIUM, else of the first one installed that starts."""
    named = os.environ.get("CHROMIUM")
    for name in (named,) if named else NAMES:
        path = shutil.which(name)
        # Ubuntu's `chromium-browser` may be a script that asks for a snap: only a version proves a browser.
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return None


if __name__ == "__main__":
    found = find_chromium()
    print(found or "Aucun Chromium sur cette machine.", file=sys.stdout if found else sys.stderr)
    sys.exit(0 if found else 1)
