"""Which files are taken: by the ending of the name *and* by what is inside."""

import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from superviseme.web.later import later
from superviseme.web.text import one_line

puremagic = later("puremagic")

HEAD = 64 * 1024  # how much of a file is looked at
LONGEST_NAME = 150
INLINE = {"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"}  # safe to show in place
PICTURES = INLINE - {"application/pdf"}
PLAIN = "text/plain; charset=utf-8"

Looks = Callable[[bytes, IO[bytes]], bool]


@dataclass(frozen=True)
class Checked:
    """An upload whose name and content agree."""

    file: Any
    filename: str
    content_type: str

    def chunks(self) -> Iterator[bytes]:
        self.file.seek(0)
        while chunk := self.file.read(256 * 1024):
            yield chunk


def check(file: Any, *, most: int) -> Checked:
    """Refuse (ValidationError, with words) what is empty, too large, of a kind not taken, or not what its name says."""
    name = safe_name(file.name or "")
    if not file.size:
        raise ValidationError(_("«%(name)s» is empty.") % {"name": name})
    if file.size > most:
        sizes = {"name": name, "size": filesizeformat(file.size), "most": filesizeformat(most)}
        raise ValidationError(
            _("«%(name)s» has %(size)s; at most %(most)s are taken. Make it smaller, or add a link to it.") % sizes
        )
    ending = ending_of(name)
    if ending not in KINDS:
        taken = {"name": name, "endings": ", ".join(KINDS)}
        raise ValidationError(_("«%(name)s» is of a kind that is not taken. Taken are: %(endings)s.") % taken)
    content_type, looks_right = KINDS[ending]
    file.seek(0)
    head = file.read(HEAD)
    if not looks_right(head, file):
        said = {"name": name, "ending": ending, "really": _really(head)}
        raise ValidationError(_("«%(name)s» ends in .%(ending)s, but what is inside is not that (%(really)s).") % said)
    return Checked(file, name, content_type)


def safe_name(raw: str) -> str:
    """The last part of the path, without control, direction-override and reserved characters, not too long."""
    name = one_line(raw.replace("\\", "/").rsplit("/", 1)[-1])
    name = re.sub(r'[<>:"|?*;%]', "_", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:LONGEST_NAME].rstrip()}{dot}{ending[:20]}" if dot else name[:LONGEST_NAME]


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def title_from(filename: str) -> str:
    return " ".join(re.sub(r"[_]+", " ", filename.rpartition(".")[0] or filename).split())


def _starts(*marks: bytes, at: int = 0) -> Looks:
    return lambda head, file: head[at:].startswith(marks)


def _pdf(head: bytes, file: IO[bytes]) -> bool:
    """From its first byte: readers forgive anything before, and so would let a program through in front of it."""
    return re.match(rb"(\xef\xbb\xbf)?\s*%PDF-", head) is not None


def _text(head: bytes, file: IO[bytes]) -> bool:
    """Readable text that no browser would take for a page: UTF-8, UTF-16 with its mark, or one byte a letter."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head):
        return False
    return not re.match(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|svg|script|iframe|\?xml)", head, re.IGNORECASE)


def _office(*inside: str) -> Looks:
    """A zip that holds one of these parts and no macros."""

    def looks_right(head: bytes, file: IO[bytes]) -> bool:
        names = _names_in_zip(file)
        return any(part in names for part in inside) and not any(
            name.lower().endswith("vbaproject.bin") for name in names
        )

    return looks_right


def _open_document(head: bytes, file: IO[bytes]) -> bool:
    """Its first part is called `mimetype`, kept uncompressed, and says what it is."""
    return (
        head[:4] == b"PK\x03\x04"
        and head[30:38] == b"mimetype"
        and head[38:].startswith((b"application/vnd.oasis.opendocument.", b"application/epub+zip"))
    )


def _names_in_zip(file: IO[bytes]) -> set[str]:
    """Names of the parts; of nothing when it is no zip, or one whose list is larger than a document's could be."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        return set()
    entries, list_size = struct.unpack("<HI", tail[at + 10 : at + 16])
    if entries > 20_000 or list_size > 4 * 1024 * 1024:
        return set()
    try:
        with zipfile.ZipFile(file) as parts:
            return set(parts.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        return set()


def _really(head: bytes) -> str:
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        found = []
    words = next((match.name or match.extension for match in found), "")
    return str(words or _("something else"))


_ZIP = _starts(b"PK\x03\x04", b"PK\x05\x06")
_OLE = _starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_TEXTS = "txt md tex bib ris tsv json ipynb yaml yml toml log r rmd py m jl c h cpp java sql"

KINDS: dict[str, tuple[str, Looks]] = {
    "pdf": ("application/pdf", _pdf),
    "docx": (f"{_OOXML}wordprocessingml.document", _office("word/document.xml")),
    "xlsx": (f"{_OOXML}spreadsheetml.sheet", _office("xl/workbook.xml")),
    "pptx": (f"{_OOXML}presentationml.presentation", _office("ppt/presentation.xml")),
    "odt": (f"{_ODF}text", _open_document),
    "ods": (f"{_ODF}spreadsheet", _open_document),
    "odp": (f"{_ODF}presentation", _open_document),
    "doc": ("application/msword", _OLE),
    "xls": ("application/vnd.ms-excel", _OLE),
    "ppt": ("application/vnd.ms-powerpoint", _OLE),
    "rtf": ("application/rtf", _starts(b"{\\rtf")),
    "epub": ("application/epub+zip", _open_document),
    "png": ("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", _starts(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _starts(b"\xff\xd8\xff")),
    "gif": ("image/gif", _starts(b"GIF87a", b"GIF89a")),
    "webp": ("image/webp", lambda head, file: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    "mp4": ("video/mp4", _starts(b"ftyp", at=4)),
    "mp3": ("audio/mpeg", _starts(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    "zip": ("application/zip", _ZIP),
    "gz": ("application/gzip", _starts(b"\x1f\x8b")),
    "tgz": ("application/gzip", _starts(b"\x1f\x8b")),
    "7z": ("application/x-7z-compressed", _starts(b"7z\xbc\xaf\x27\x1c")),
    "csv": ("text/csv; charset=utf-8", _text),
    **dict.fromkeys(_TEXTS.split(), (PLAIN, _text)),
}
