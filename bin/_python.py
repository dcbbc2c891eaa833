"""Imported first by every command: refuses a Python that is too old in a sentence. Written so that an old one can read it."""

import sys

OLDEST = (3, 11)


def refusal(version=sys.version_info):
    if tuple(version[:2]) >= OLDEST:
        return ""
    numbers = {"needed": "%d.%d" % OLDEST, "mine": "%d.%d" % tuple(version[:2])}
    return "SuperviseMe needs Python %(needed)s or newer, and this is %(mine)s: start it with a newer one." % numbers


if refusal():
    sys.exit(refusal())
