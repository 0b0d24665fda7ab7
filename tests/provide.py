"""Programs the tests need beside Python: a Chromium browser, LibreOffice, and poppler's reader of PDF files.

`python -m tests.provide` finds them or installs them; it never skips, it says what to install.
"""

import glob
import os
import shutil
import subprocess
import sys
from functools import cache

# The headless shell first: it draws the same pages and no window around them, for about half the processor time.
BROWSERS = (
    *("chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable", "chrome", "msedge"),
)
OFFICES = ("soffice", "libreoffice")
PDF_READERS = ("pdftotext",)
DRIVER = [sys.executable, "-m", "playwright", "--version"]
ELSEWHERE = {  # where installers put programs without adding them to PATH
    BROWSERS: (
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    OFFICES: (
        r"C:\Program Files\LibreOffice\program\soffice.com",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        "/opt/libreoffice*/program/soffice",
    ),
    PDF_READERS: ("/opt/homebrew/bin/pdftotext",),
}


class MissingProgramError(RuntimeError):
    """A program is neither installed nor could it be; the message says what to install."""


@cache
def chromium() -> str:
    """Path of a browser that starts: ESDASH_BROWSER, an installed one, playwright's, Debian's."""
    if not _run(DRIVER, timeout=60, quiet=True):  # playwright's own Node program needs a C library bare systems lack
        _apt("libatomic1")
        if not _run(DRIVER, timeout=60, quiet=False):
            raise MissingProgramError(
                "playwright does not start (see above).\n  Debian, Ubuntu:  sudo apt install libatomic1"
            )
    wanted = os.environ.get("ESDASH_BROWSER")
    if wanted:
        path = shutil.which(wanted)
        if path and _starts(path):
            return path
        raise MissingProgramError(
            f"ESDASH_BROWSER={wanted} does not start. Set it to the path of a Chromium or unset it."
        )
    path = _installed(BROWSERS) or _of_playwright()
    if path:
        return path
    _run([sys.executable, "-m", "playwright", "install", "chromium"], timeout=300)
    path = _of_playwright()
    for package in ("chromium-headless-shell", "chromium"):
        if not path and _apt(package, "fonts-liberation"):
            path = _installed(BROWSERS)
    if not path:
        raise MissingProgramError(
            "The browser tests need Chromium or Google Chrome, and none starts here.\n"
            "  Debian:  sudo apt install chromium\n"
            "  Ubuntu:  sudo snap install chromium, or Google Chrome's .deb package\n"
            "  Windows, macOS: Google Chrome\n"
            "  anywhere else: set ESDASH_BROWSER to the path of the program."
        )
    return path


@cache
def libreoffice() -> str:
    """Path of a LibreOffice that starts; with its Calc the tests open what esdash exports."""
    path = _installed(OFFICES)
    if not path and _apt("libreoffice-calc"):
        path = _installed(OFFICES)
    if not path:
        raise MissingProgramError(
            "The export tests open their files in LibreOffice Calc, and it is not installed.\n"
            "  Debian, Ubuntu:  sudo apt install libreoffice-calc\n"
            "  Windows, macOS:  the installer from LibreOffice."
        )
    return path


@cache
def pdftotext() -> str:
    """Path of poppler's pdftotext; with it the tests read the reports that esdash sets."""
    path = _installed(PDF_READERS)
    if not path and _apt("poppler-utils"):
        path = _installed(PDF_READERS)
    if not path:
        raise MissingProgramError(
            "The tests of reports read them with pdftotext, and it is not installed.\n"
            "  Debian, Ubuntu:  sudo apt install poppler-utils\n"
            "  macOS:  brew install poppler\n"
            "  Windows:  poppler, with its folder of programs in PATH."
        )
    return path


def _installed(names: tuple[str, ...]) -> str | None:
    found = [shutil.which(name) for name in names]
    found += [path for pattern in ELSEWHERE[names] for path in sorted(glob.glob(pattern))]
    return next((path for path in found if path and _starts(path)), None)


def _of_playwright() -> str | None:
    # In a process of its own: a test may already be inside playwright, which does not nest.
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    chrome = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, timeout=60).stdout.strip()
    beside = chrome.split("chromium-")[0] + "chromium_headless_shell-*/*/*headless*shell*"
    found = [path for path in (*sorted(glob.glob(beside)), chrome) if os.path.isfile(path)]
    return next((path for path in found if _starts(path)), None)


def _starts(path: str) -> bool:
    """Whether a program really starts; a file alone proves nothing: Ubuntu's chromium is only a link to a snap."""
    if sys.platform == "win32" and not path.endswith(".com"):
        return os.path.exists(path)  # Windows browsers open a window instead of printing their version
    asking = "-v" if "pdf" in os.path.basename(path) else "--version"
    return _run([path, asking], timeout=60, quiet=True)


def _apt(*packages: str) -> bool:
    """Install Debian packages if that needs no password."""
    if not shutil.which("apt-get"):
        return False
    sudo: list[str] = []
    if os.geteuid() != 0:
        sudo = ["sudo", "--non-interactive"]
        if not shutil.which("sudo") or not _run([*sudo, "true"], timeout=30, quiet=True):
            return False
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq"]
    _run([*apt, "update"], timeout=300)
    return _run([*apt, "install", "-y", "--no-install-recommends", *packages], timeout=1200)


def _run(command: list[str], timeout: int, quiet: bool = False) -> bool:
    if not quiet:
        print("+", " ".join(command), flush=True)
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout,
            text=True,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  {error}", flush=True)
        return False
    if done.returncode and not quiet:
        print("  " + "\n  ".join(done.stdout.strip().splitlines()[-5:]), flush=True)
    return done.returncode == 0


def main(names: list[str]) -> int:
    programs = {"chromium": chromium, "libreoffice": libreoffice, "pdftotext": pdftotext}
    missing = 0
    for name in names or programs:
        try:
            print(f"{name}: {programs[name]()}", flush=True)
        except MissingProgramError as error:
            print(f"{name}: {error}", file=sys.stderr, flush=True)
            missing = 1
    return missing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
