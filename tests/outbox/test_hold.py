"""After a restore: everything is held, and what the journal outside the database knows does not go again."""

from datetime import timedelta

import pytest

from superviseme.outbox import hold, journal
from superviseme.outbox.deliver import deliver_due_messages
from superviseme.outbox.models import Hold, Message, State
from superviseme.outbox.post import message_id
from superviseme.web.time import now, simulated


def state_of(message):
    return Message.objects.get(pk=message.pk).state


def restore(*messages):
    """The database is again as it was before these were sent."""
    Message.objects.filter(pk__in=[m.pk for m in messages]).update(state=State.WAITING, sent_at=None, attempts=0)
    hold.hold("restored from a backup")


def test_what_is_held_does_not_go(letter, postman):
    message = letter()
    hold.hold("restored"), hold.hold("restored again")
    deliver_due_messages()
    assert (postman.taken, state_of(message), Hold.objects.count()) == ([], State.WAITING, 1)


def test_a_hold_of_before_the_restore_is_said_by_the_new_database_too(letter, postman, settings):
    hold.hold("restored")
    hold.settle(), hold.settle()
    assert (hold.held(), Hold.objects.count(), list(settings.DATA_DIR.glob("outbox-held*"))) == ("restored", 1, [])


def test_a_hold_that_cannot_be_read_holds(letter, postman, settings):
    (settings.DATA_DIR / hold.NAME).write_text("{")
    message = letter()
    deliver_due_messages()
    assert (hold.held(), state_of(message)) == ("", State.WAITING)


def test_of_forty_letters_sent_after_the_backup_none_goes_again(letter, postman):
    letters = [letter(f"p{n}@example.org") for n in range(40)]
    deliver_due_messages()
    restore(*letters)
    new = letter("new@example.org")
    counted = hold.reckon()
    done = hold.resume()
    deliver_due_messages()
    assert counted == done == hold.Reckoning(sent_before=40, remembered=0, to_send=1, lines=40)
    assert (len(postman.taken), state_of(new)) == (41, State.SENT)


def test_counting_changes_nothing(letter, postman):
    message = letter()
    deliver_due_messages()
    restore(message)
    hold.reckon()
    assert (state_of(message), hold.standing() is None) == (State.WAITING, False)


def test_resuming_twice_is_resuming_once(letter, postman):
    message = letter()
    deliver_due_messages()
    restore(message)
    hold.resume()
    assert hold.resume() == hold.Reckoning(sent_before=0, remembered=0, to_send=0, lines=1)


def test_another_letter_under_a_number_given_again_goes(letter, postman):
    first = letter(key="notice:1:email:7")
    deliver_due_messages()
    Message.objects.filter(pk=first.pk).delete()
    hold.hold("restored")
    with simulated(now() + timedelta(minutes=1)):
        second = letter(key="notice:1:email:7")
        hold.resume()
        deliver_due_messages()
    assert (state_of(second), len(postman.taken), second.message_id == first.message_id) == (State.SENT, 2, False)


@pytest.mark.parametrize("key", ["weekly:7:2026-W49", "plan:7:2026-W49", "day:2026-11-26:email:7"])
@pytest.mark.parametrize("written", ["while it is held", "after it was resumed"])
def test_a_letter_of_a_period_is_not_sent_again_even_when_the_database_forgot_it(letter, postman, written, key):
    first = letter(key=key)
    deliver_due_messages()
    Message.objects.filter(pk=first.pk).delete()
    hold.hold("restored")
    if written == "while it is held":
        letter(key=key)
    hold.resume()
    letter(key=key)
    deliver_due_messages()
    assert (len(postman.taken), Message.objects.get().state) == (1, State.SENT)


def test_the_journal_of_another_machine_counts_too(letter, postman, tmp_path):
    message = letter()
    deliver_due_messages()
    elsewhere = journal.files()[0].rename(tmp_path / "other.log")
    restore(message)
    assert (hold.reckon().sent_before, hold.resume([elsewhere]).sent_before) == (0, 1)


def test_a_line_cut_off_by_a_crash_is_passed_over(letter, postman):
    message = letter()
    deliver_due_messages()
    with journal.files()[0].open("a") as file:
        file.write('{"at": "2026-11-25T10:00:00+00:00", "id": "<x@')
    assert [line.message_id for line in journal.lines(journal.files())] == [message.message_id]


def test_months_long_past_are_dropped(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    journal.folder().mkdir()
    for month in range(1, 7):
        (journal.folder() / f"2026-0{month}.log").touch()
    assert (journal.drop_old(), [f.name for f in journal.files()][0]) == (2, "2026-03.log")


def test_a_letter_keeps_its_message_id_and_another_under_its_key_gets_its_own():
    moment = now()
    assert message_id("a:1", moment) == message_id("a:1", moment)
    assert message_id("a:1", moment) != message_id("a:1", moment + timedelta(seconds=1))
