"""Debian's Chromium: where it is, and how it is started for a test."""

import os
import shutil
from pathlib import Path

# Without these, Chromium asks Google for updates and the like; a test's browser talks to nobody but the test.
QUIET = (
    # One process for all pages: it is warm after the first.
    "--renderer-process-limit=1",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# The address bar of a window that nobody sees has pages of its own, which cost more than most tests. The last list of
# features that are left out is the one that counts, so those that playwright leaves out are in it as well.
WITHOUT = (
    "AimEnabled",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)


def chromium() -> str | None:
    """The program that the environment names, else the one without a window, else the one with; None without any.

    A fresh page takes the one without a window less than half of the time.
    """
    debian = [shutil.which(name) for name in ("chromium-headless-shell", "chromium")]
    return next((path for path in (os.environ.get("CHROMIUM"), *debian) if path and Path(path).is_file()), None)
