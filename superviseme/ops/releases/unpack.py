"""A release as one folder without its packages, for an image: `python -m superviseme.ops.releases.unpack FOLDER`.

Run in a checkout whose front end is built. What it leaves is the code of a release: package, runbook, scripts, schema.
"""

import sys
from pathlib import Path

from .build import lay_out


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    lay_out(folder, Path.cwd()).unlink()  # the wheel is unpacked


if __name__ == "__main__":
    main()
