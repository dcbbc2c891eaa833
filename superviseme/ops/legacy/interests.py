"""thesis_interest becomes interests in the topic: at most one pending for each student, none where no place is left."""

from superviseme.notifications.catalog import Verb
from superviseme.theses.models import Interest, InterestState

from .ledger import Ledger
from .reader import Source
from .rows import Row

S = InterestState
STATES = {state.value: state for state in S} | {
    "rejected": S.DECLINED,
    "assigned": S.ACCEPTED,
    "cancelled": S.WITHDRAWN,
}
NO_PLACE = "All places were taken in the previous system."
OUTCOMES = {
    S.ACCEPTED: Verb.INTEREST_ACCEPTED,
    S.DECLINED: Verb.INTEREST_DECLINED,
    S.CLOSED: Verb.INTEREST_CLOSED,
    S.WITHDRAWN: Verb.INTEREST_WITHDRAWN,
}


def import_interests(source: Source, ledger: Ledger) -> None:
    pending = {
        (topic, student): key
        for topic, student, key in Interest.objects.filter(state=S.PENDING).values_list("topic", "student", "pk")
    }
    pairs: list[tuple[Row, Interest]] = []
    doubles: list[tuple[Row, tuple[int, int]]] = []
    for row in ledger.new(source.rows("thesis_interest")):
        interest = _interest(row, ledger)
        if interest is None:
            continue
        key = (interest.topic_id, interest.student_id)
        if interest.state == S.PENDING and key in pending:
            doubles.append((row, key))
            continue
        if interest.state == S.PENDING:
            pending[key] = 0
        pairs.append((row, interest))
    kept = ledger.keep(pairs)
    pending |= {(i.topic_id, i.student_id): i.pk for _, i in kept if i.state == S.PENDING}
    for row, key in doubles:
        ledger.merge(row, "theses.interest", pending[key], "the student has a pending request for this topic already")
    for _, interest in kept:
        _tell(interest, ledger)


def _interest(row: Row, ledger: Ledger) -> Interest | None:
    home, student = ledger.home(row, "thesis"), ledger.person(row.ref("student_id"))
    if home is None or home.topic is None:
        row.refuse("its thesis is not in the file or is no topic here")
        return None
    if student is None:
        row.refuse("this student is not in the file")
        return None
    state = row.choice("status", STATES, S.CLOSED, absent=S.PENDING)
    handled = row.time("handled_at")
    if state == S.PENDING and home.topic.places_left == 0:
        row.note("status", "no place is left, so the pending request is closed")
        state, handled = S.CLOSED, handled or ledger.moment
    mine = state == S.ACCEPTED and home.thesis is not None and home.author == student
    return Interest(
        topic=home.topic,
        student_id=student,
        message=row.text("message"),
        state=state,
        created_at=row.time_or("created_at", ledger.moment),
        handled_at=None if state == S.PENDING else handled,
        handled_by_id=None if state == S.PENDING else ledger.person(row.ref("handled_by_id")),
        reason=NO_PLACE if state == S.CLOSED and row.word("status") in ("", "pending") else "",
        thesis=home.thesis if mine else None,
    )


def _tell(interest: Interest, ledger: Ledger) -> None:
    ledger.happened(Verb.INTEREST_EXPRESSED, interest, interest.created_at, interest.student_id)
    verb = OUTCOMES.get(S(interest.state))
    if verb and interest.handled_at:
        ledger.happened(verb, interest, interest.handled_at, interest.handled_by_id)
