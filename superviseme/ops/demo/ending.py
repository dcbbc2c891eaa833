"""How theses end: files, hand-in, defence, grade."""

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from superviseme.accounts.models import Person
from superviseme.policy.roles import Seat
from superviseme.site.values import setting
from superviseme.theses.evaluation.actions import evaluate, hand_in, plan_defence, record_grade, record_outcome
from superviseme.theses.models import Thesis
from superviseme.theses.progress.actions import edit_thesis, move_thesis
from superviseme.workspaces.files.actions import add_file, add_link, add_version
from superviseme.workspaces.files.kinds import check
from superviseme.workspaces.files.storage import Stored, keep
from superviseme.workspaces.models import FileVersion

from .story import Teller

DECLARATION = "I wrote this thesis myself and named all sources and tools."


def tell_files(teller: Teller, thesis: Thesis, *, silent: bool = False) -> FileVersion | None:
    """A draft in two versions and a link; returns the newest version. The silent wrote nothing."""
    if silent:
        return None
    space = thesis.workspace
    author = _holder(thesis, Seat.AUTHOR)
    with teller.on(-26):
        document = add_file(
            space, title="Thesis draft", stored=kept(pdf(f"{space.title} (draft)")), category="draft", by=author
        )
        add_link(
            space, title="Shared bibliography", url="https://example.org/bibliography", category="literature", by=author
        )
    with teller.on(-13):
        return add_version(document, stored=kept(pdf(space.title)), note="Chapters 1 to 4", by=author)


def tell_end(teller: Teller, thesis: Thesis, state: str) -> None:
    """Hand in, and for ended theses defend and grade."""
    version = tell_files(teller, thesis)
    assert version  # noqa: S101 - only the silent have none
    author, lead = _holder(thesis, Seat.AUTHOR), _holder(thesis, Seat.SUPERVISOR)
    with teller.on(-20):
        edit_thesis(
            thesis,
            level=thesis.level,
            submit_by=teller.date(-11 if state != "submitted" else -13),
            keywords=[],
            by=lead,
        )
    with teller.on(-12):
        hand_in(thesis, version=version, declaration=DECLARATION, by=author)
    with teller.on(-10):
        plan_defence(thesis, at=teller.day(-5 if state != "submitted" else 12, 11), place="Aula Magna", by=lead)
    if state == "submitted":
        return
    with teller.on(-4):
        record_outcome(thesis, outcome="passed", by=lead)
        evaluate(
            thesis,
            grade=Decimal("28"),
            out_of=Decimal("30"),
            report="Careful work, clearly told. The limits could be bolder.",
            by=lead,
        )
        record_grade(thesis, grade=Decimal("28"), out_of=Decimal("30"), by=lead)
    if state == "completed":
        with teller.on(-3):
            move_thesis(thesis, target="completed", by=lead)


def kept(upload: SimpleUploadedFile) -> Stored:
    return keep(check(upload, most=setting("max_upload_bytes")))


def pdf(title: str) -> SimpleUploadedFile:
    """A one-page PDF that says its title (PDF 1.4, ISO 32000-1)."""
    shown = title.encode("ascii", "replace").decode().replace("\\", "").replace("(", "").replace(")", "")[:70]
    stream = f"BT /F1 18 Tf 60 760 Td ({shown}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    end += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return SimpleUploadedFile("thesis.pdf", out + end, content_type="application/pdf")


def _holder(thesis: Thesis, seat: Seat) -> Person:
    return thesis.workspace.members.select_related("person").filter(seat=seat).order_by("pk")[0].person
