"""Files of a workspace: listed, downloaded, uploaded."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field
from ninja.responses import Status

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.workspaces.files import actions
from superviseme.workspaces.files.download_views import download
from superviseme.workspaces.files.forms import EditForm, FileForm, LinkForm, Uploads, VersionForm
from superviseme.workspaces.files.models import DocumentKind
from superviseme.workspaces.files.queries import files_page
from superviseme.workspaces.files.quota import keep_all
from superviseme.workspaces.models import Document
from superviseme.workspaces.room.access import workspace_for

from ..tokens.models import Area
from .doors import BYTES, Invalid, Room, listed, rows_of
from .reads import finder
from .takes import MULTIPART, Change, Sent, Text, Title, fit, goes_and_comes, json_of, sent, uploaded
from .things import FileOut

room = Room(Area.FILES, "Files")
ALL, ONE = "/workspaces/{int:pk}/files", "/workspaces/{int:pk}/files/{int:n}"
Category = Annotated[str, Field(max_length=50)]
find = finder(Document)


class LinkIn(Sent):
    title: Title
    address: Annotated[str, Field(min_length=1, max_length=2000, description="With http or https")]
    description: Text = ""
    category: Category = ""


class FileChange(Change):
    title: Title = ""
    address: Annotated[str, Field(max_length=2000, description="Of a link")] = ""
    description: Text = ""
    category: Category = ""


class OneFile(FileForm):
    files = Uploads(most=1)


def multipart(**words: int) -> dict[str, Any]:
    """A body with one file in `files`, and words with their longest length."""
    texts = {name: {"type": "string", "maxLength": longest} for name, longest in words.items()}
    properties = {"files": {"type": "string", "format": "binary"}, **texts}
    return {MULTIPART: {"schema": {"type": "object", "properties": properties, "required": ["files"]}}}


@room.answers("GET", ALL, "files", gives=rows_of(FileOut), says="Files and links, what was renewed last first")
def index(request: HttpRequest, pk: int, after: str = "", category: str = "") -> Any:
    return listed(files_page(workspace_for(request, pk), after=after, category=category))


@room.answers("GET", ONE, "file", gives=FileOut, says="One file with its versions")
def show(request: HttpRequest, pk: int, n: int) -> Any:
    return find(request, pk, n)


@room.answers("GET", f"{ONE}/versions/{{int:v}}", "file_version", gives=BYTES, says="Its bytes")
def version(request: HttpRequest, pk: int, n: int, v: int) -> HttpResponse:
    return download(request, pk, n, v)


UPLOAD = multipart(title=200, description=50_000, category=50)


@room.answers("POST", ALL, "files", gives=FileOut, status=201, takes=UPLOAD, says="Upload one")
def upload(request: HttpRequest, pk: int) -> Any:
    workspace = workspace_for(request, pk)
    require(request.user, Action.FILE_ADD, workspace)
    data = uploaded(request, OneFile)
    about = {name: data[name] for name in ("title", "description", "category")}
    [stored] = keep_all(workspace, data["files"])
    document = actions.add_file(workspace, stored=stored, **about, by=request.user)
    return Status(201, find(request, pk, document.number))


@room.answers("POST", f"{ALL}/links", "file_links", gives=FileOut, status=201, takes=json_of(LinkIn), says="Add a link")
def link(request: HttpRequest, pk: int) -> Any:
    workspace = workspace_for(request, pk)
    require(request.user, Action.FILE_ADD, workspace)
    body = sent(request, LinkIn)
    data = fit(LinkForm({**body, "url": body.pop("address")}), url="address")
    return Status(201, find(request, pk, actions.add_link(workspace, **data, by=request.user).number))


@room.answers(
    "POST",
    f"{ONE}/versions",
    "file_versions",
    gives=FileOut,
    status=201,
    takes=multipart(note=300),
    says="A new version",
)
def upload_version(request: HttpRequest, pk: int, n: int) -> Any:
    document = find(request, pk, n)
    require(request.user, Action.FILE_ADD, document)
    if document.kind != DocumentKind.FILE:
        raise Invalid({"files": [_("A link has no versions; edit its address instead.")]})
    data = uploaded(request, VersionForm)
    [stored] = keep_all(document.workspace, data["files"])
    actions.add_version(document, stored=stored, note=data["note"], by=request.user)
    return Status(201, find(request, pk, n))


@room.answers("PATCH", ONE, "file", gives=FileOut, takes=json_of(FileChange), says="Change what is said about it")
def change(request: HttpRequest, pk: int, n: int) -> Any:
    document = find(request, pk, n)
    require(request.user, Action.FILE_EDIT, document)
    body = sent(request, FileChange)
    now = {name: getattr(document, name) for name in ("title", "description", "category", "url")}
    url = {"url": body.pop("address")} if "address" in body else {}
    actions.edit_document(
        document, **fit(EditForm({**now, **body, **url}, document=document), url="address"), by=request.user
    )
    return find(request, pk, n)


goes_and_comes(
    room, "file", ONE, gives=FileOut, find=find, delete=actions.delete_document, restore=actions.restore_document
)
