"""What the smoke test looks at: read READING and WALKING, in the order of the runbook's section 4."""

from collections.abc import Callable
from dataclasses import dataclass, field

from superviseme.ops.checks import Finding, Status

from .actions import Cast
from .browser import Answer, Browser


class Wrong(Exception):
    """One line about what was not as it should be."""


@dataclass
class Walk:
    """One run: the cast, and a browser for each of them. Without a cast only what visitors see can be looked at."""

    new_browser: Callable[[], Browser]
    cast: Cast | None = None
    browsers: dict[str, Browser] = field(default_factory=dict)

    def as_(self, who: str) -> Browser:
        """The browser in which they are signed in."""
        if who not in self.browsers:
            browser = self.new_browser()
            browser.get("/login")
            self._sign_in(browser, who)
            self.browsers[who] = browser
        return self.browsers[who]

    def _sign_in(self, browser: Browser, who: str) -> None:
        assert self.cast is not None  # noqa: S101 - for the type checker: WALKING is asked only with a cast
        email = self.cast.people[who].email
        wanted(302, browser.post("/login", login=email, password=self.cast.password), f"POST /login as {who}")
        wanted(200, browser.get("/profile"), f"GET /profile as {who}")


def wanted(status: int, answer: Answer, what: str) -> Answer:
    if answer.status != status:
        raise Wrong(f"{what} answered {answer.status} instead of {status}")
    return answer


# --- 4.1, 4.2 -----------------------------------------------------------------------------------------------------------


def health(walk: Walk) -> str:
    browser = walk.new_browser()
    answer = browser.get("/health")
    if browser.headers and answer.status == 503 and '"maintenance"' in answer.body:
        return "closed for maintenance, well otherwise as far as the pages below tell"
    wanted(200, answer, "GET /health")
    return ""


def login(walk: Walk) -> str:
    wanted(200, walk.new_browser().get("/login"), "GET /login")
    return ""


def form_has_token(walk: Walk) -> str:
    if not wanted(200, walk.new_browser().get("/login"), "GET /login").token:
        raise Wrong("the sign-in form holds no token")
    return ""


def without_token(walk: Walk) -> str:
    browser = walk.new_browser()
    browser.get("/login")
    wanted(400, browser.post("/login", token="", login="a@b.invalid", password="x"), "POST /login without a token")  # noqa: S106 - nobody's
    return "400"


def foreign_tokens(walk: Walk) -> str:
    """A wrong token, one of another browser, a good one from another site."""
    browser, other = walk.new_browser(), walk.new_browser()
    browser.get("/login")
    other.get("/login")
    tries = {
        "a wrong token": {"token": "0" * 64},
        "another browser's token": {"token": other.token},
        "a foreign origin": {"origin": "https://elsewhere.invalid"},
    }
    for what, how in tries.items():
        wanted(400, browser.post("/login", **how, login="a@b.invalid", password="x"), f"POST /login with {what}")  # noqa: S106 - nobody's
    return f"{len(tries)} refused"


def visitors_are_led_to_sign_in(walk: Walk) -> str:
    browser = walk.new_browser()
    for path in PAGES["student"] + PAGES["admin"]:
        if not wanted(302, browser.get(path), f"GET {path} as a visitor").location.startswith("/login?next="):
            raise Wrong(f"GET {path} as a visitor does not lead to /login")
    return ""


def with_token(walk: Walk) -> str:
    for who in ("admin", "supervisor", "researcher", "student", "stranger"):
        walk.as_(who)
    return f"{len(walk.browsers)} signed in"


# --- 4.3 ----------------------------------------------------------------------------------------------------------------

PAGES = {
    "admin": ["/admin/dashboard", "/admin/users", "/admin/theses", "/admin/outbox"],
    "supervisor": ["/supervisor/dashboard", "/supervisor/theses", "/supervisor/students"],
    "researcher": ["/researcher/dashboard", "/researcher/projects", "/supervisor/dashboard", "/projects"],
    "student": ["/student/dashboard", "/todos", "/notifications"],
}


def pages_of(who: str) -> Callable[[Walk], str]:
    def look(walk: Walk) -> str:
        for path in PAGES[who]:
            wanted(200, walk.as_(who).get(path), f"GET {path} as {who}")
        return f"{len(PAGES[who])} pages"

    return look


def own_thesis(walk: Walk) -> str:
    browser = walk.as_("student")
    answer = browser.get("/student/thesis")
    if answer.status == 302:
        answer = browser.get(answer.location)
    wanted(200, answer, "GET /student/thesis as student")
    return ""


def other_roles_are_refused(walk: Walk) -> str:
    for who, path in (
        ("student", "/admin/dashboard"),
        ("student", "/supervisor/theses"),
        ("supervisor", "/admin/users"),
    ):
        wanted(403, walk.as_(who).get(path), f"GET {path} as {who}")
    return "3 refused"


# --- 4.4 ----------------------------------------------------------------------------------------------------------------


def thesis_deletion(walk: Walk) -> str:
    """By supervisor, researcher and administrator; a stranger does not find it, the student may not."""
    for who, number in _cast(walk).theses.items():
        room = f"/w/{number}"
        _refuse(walk, {"stranger": 404, "student": 403}, f"{room}/deletion")
        _delete_and_undo(walk, who, room, room)
    return f"{len(_cast(walk).theses)} deleted and restored"


def todos(walk: Walk) -> str:
    room = f"/w/{_cast(walk).theses['supervisor']}/todos"
    one = _add(walk, "student", room, room, title="Smoke")
    for deed in ("completion", "reopening"):
        _refuse(walk, {"stranger": 404}, f"{one}/{deed}")
        wanted(302, walk.as_("student").post(f"{one}/{deed}"), f"POST …/{deed} as student")
    _refuse(walk, {"stranger": 404, "researcher": 404}, f"{one}/deletion")
    _delete_and_undo(walk, "student", one, one)
    return "completed, reopened, deleted, restored"


def goals(walk: Walk) -> str:
    room = f"/w/{_cast(walk).theses['supervisor']}/goals"
    one = _add(walk, "student", room, room, kind="objective", title="Smoke")
    _refuse(walk, {"stranger": 404}, f"{one}/deletion")
    _delete_and_undo(walk, "student", one, one)
    return "deleted, restored"


def links(walk: Walk) -> str:
    room = f"/w/{_cast(walk).theses['supervisor']}/files"
    one = _add(walk, "student", f"{room}/links", room, url="https://example.org/smoke", title="Smoke")
    _refuse(walk, {"stranger": 404}, f"{one}/deletion")
    _delete_and_undo(walk, "student", one, one)
    return "deleted, restored"


def _cast(walk: Walk) -> Cast:
    assert walk.cast is not None  # noqa: S101 - for the type checker: WALKING is asked only with a cast
    return walk.cast


def _add(walk: Walk, who: str, path: str, room: str, **fields: str) -> str:
    """The first of its kind in its workspace: number 1."""
    wanted(302, walk.as_(who).post(path, **fields), f"POST {path} as {who}")
    wanted(200, walk.as_(who).get(f"{room}/1"), f"GET {room}/1 as {who}")
    return f"{room}/1"


def _refuse(walk: Walk, expected: dict[str, int], path: str) -> None:
    for who, status in expected.items():
        wanted(status, walk.as_(who).post(path), f"POST {path} as {who}")


def _delete_and_undo(walk: Walk, who: str, thing: str, page: str) -> None:
    browser = walk.as_(who)
    wanted(302, browser.post(f"{thing}/deletion"), f"POST {thing}/deletion as {who}")
    wanted(404, browser.get(page), f"GET {page} once deleted")
    wanted(302, browser.post(f"{thing}/restoration"), f"POST {thing}/restoration as {who}")
    wanted(200, browser.get(page), f"GET {page} once restored")


Look = Callable[[Walk], "str | Finding"]
READING: tuple[tuple[str, str, str, Look], ...] = (
    ("smoke.health", "4.1", "GET /health answers 200", health),
    ("smoke.login", "4.1", "GET /login answers 200", login),
    ("smoke.token", "4.2", "the sign-in form holds a token", form_has_token),
    ("smoke.no_token", "4.2", "signing in without a token answers 400", without_token),
    ("smoke.foreign_token", "4.2", "foreign tokens and origins answer 400", foreign_tokens),
    ("smoke.visitors", "4.3", "visitors are led to sign in", visitors_are_led_to_sign_in),
)
WALKING: tuple[tuple[str, str, str, Look], ...] = (
    ("smoke.sign_in", "4.2", "signing in with a token is accepted", with_token),
    ("smoke.admin", "4.3", "an administrator's pages load", pages_of("admin")),
    ("smoke.supervisor", "4.3", "a supervisor's pages load", pages_of("supervisor")),
    ("smoke.researcher", "4.3", "a researcher's pages load", pages_of("researcher")),
    ("smoke.student", "4.3", "a student's pages load", pages_of("student")),
    ("smoke.own_thesis", "4.3", "a student's thesis page loads", own_thesis),
    ("smoke.roles", "4.3", "pages of other roles are refused", other_roles_are_refused),
    ("smoke.theses", "4.4", "theses are deleted and restored by who may", thesis_deletion),
    ("smoke.todos", "4.4", "to-dos are ticked, deleted and restored by who may", todos),
    ("smoke.goals", "4.4", "a student's objectives are deleted and restored", goals),
    ("smoke.links", "4.4", "a student's resources are deleted and restored", links),
)


def found(look: Look, walk: Walk) -> Finding:
    try:
        said = look(walk)
    except Wrong as problem:
        return Finding(Status.FAILED, str(problem))
    return Finding(measured=said) if isinstance(said, str) else said
