"""Logs: no secret gets into them, by name or by value."""

import pytest

from superviseme.config.log import MASK, masking

hide = masking(["hunter2hunter2"])


@pytest.mark.parametrize(
    "name", ["password", "SECRET_KEY", "api_key", "csrfmiddlewaretoken", "Authorization", "set_cookie"]
)
def test_what_is_named_like_a_secret_is_hidden(name):
    assert hide(None, "info", {name: "abc"}) == {name: MASK}


@pytest.mark.parametrize(
    "said, written",
    [
        ("login with hunter2hunter2 failed", f"login with {MASK} failed"),
        ("postgresql://ada:pw@db/x is away", f"postgresql://{MASK}@db/x is away"),
        ("GET /invitations/abcdefghijklmnopqrstuvwx0123 200", f"GET /invitations/{MASK} 200"),
        ("GET /w/12/todos 200", "GET /w/12/todos 200"),
    ],
)
def test_secrets_in_a_sentence_are_hidden_and_the_rest_stays(said, written):
    assert hide(None, "info", {"event": said}) == {"event": written}
