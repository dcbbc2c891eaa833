"""A code as a link and as a picture to scan."""

from superviseme.web.later import later

qrcode = later("qrcode")


def link(username: str, code: str) -> str:
    return f"https://t.me/{username}?start={code}"


def picture(words: str) -> tuple[int, str]:
    """(side, path) of an SVG: one square a dark module, with the margin that cameras need."""
    made = qrcode.QRCode(border=4)
    made.add_data(words)
    rows = made.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return len(rows), path
