"""The receipt of continuous integration: that everything was tested on this very commit, and what was counted.

bin/test writes one at the end of a whole run on a clean checkout; a release carries it.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from superviseme.ops.exits import REFUSED, Stop

from .layout import Release

Receipt = dict[str, Any]


def receipt_of(commit: str, source: Path) -> Receipt:
    """Refused when it is missing, changed by hand, of another commit, or of a run in which something failed."""
    file = source / "build" / "receipts" / f"{commit}.json"
    if not file.is_file():
        raise Stop(f"There is no receipt that commit {commit[:12]} was tested: run bin/test on it, whole.", REFUSED)
    return checked(json.loads(file.read_text()), commit)


def vouched(release: Release) -> str:
    """What its receipt counts; a release that has none or a foreign one is refused."""
    receipt = release.manifest.get("receipt")
    if not receipt:
        raise Stop(f"Release {release.name} carries no receipt.", REFUSED)
    found = checked(receipt, str(release.manifest["commit"]))
    return f"{found['passed']} tests passed"


def checked(receipt: Receipt, commit: str) -> Receipt:
    if receipt.get("commit") != commit:
        raise Stop(f"The receipt is for {str(receipt.get('commit'))[:12]}, not for {commit[:12]}.", REFUSED)
    if receipt.get("sha256") != seal(receipt):
        raise Stop(f"The receipt of {commit[:12]} has been changed after it was written.", REFUSED)
    if receipt.get("failed") or not receipt.get("passed"):
        raise Stop(f"On {commit[:12]} {receipt.get('failed')} tests failed, {receipt.get('passed')} passed.", REFUSED)
    return receipt


def seal(receipt: Receipt) -> str:
    said = {name: value for name, value in receipt.items() if name != "sha256"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
