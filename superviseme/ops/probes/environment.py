"""What the environment says: every name in its type, no contradictions, a good key, the key this database knows."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from superviseme.ops.checks import Finding, Probe, Status
from superviseme.ops.keys import other_key
from superviseme.ops.serve import refuse_contradictions

ROTATE = "give the old key in SECRET_KEY_FALLBACKS, or, if it is lost: ./runbook key accept"


def _values() -> Finding:
    env = settings.ENV
    wrong, given = [], 0
    for group in env.groups.values():
        for entry in group:
            try:
                given += env.given(entry.name)
                env(entry.name)
            except ImproperlyConfigured as problem:
                wrong.append(str(problem))
    return Finding(Status.REFUSED, " ".join(wrong)) if wrong else Finding(measured=f"{given} names given")


def _role() -> Finding:
    role, scheduling = settings.ENV("ROLE"), settings.ENV("ENABLE_SCHEDULER")
    refuse_contradictions(role, scheduling)
    return Finding(
        measured=f"{role}, scheduler {'as the role says' if scheduling is None else str(scheduling).lower()}"
    )


def _key() -> Finding:
    if settings.SITE_MODE != "production":
        return Finding(measured=f"{settings.SITE_MODE}: its own")
    return Finding(measured=f"{len(settings.SECRET_KEY)} characters")  # a bad one has been refused with the settings


def _known_key() -> Finding:
    why = other_key()
    return Finding(Status.REFUSED, why, ROTATE) if why else Finding()


PROBES: tuple[Probe, ...] = (
    Probe("env.values", "2.4", "every name of the environment can be read", _values, "A value was mistyped."),
    Probe("env.role", "1.3", "ROLE and ENABLE_SCHEDULER agree", _role, "One .env was copied to every machine."),
    Probe("env.key", "1.2", "SECRET_KEY is long and nobody else's", _key, "A sample was kept."),
    Probe(
        "env.known_key",
        "1.2",
        "SECRET_KEY is the one this database knows",
        _known_key,
        "Another site's was set.",
        ROTATE,
    ),
)
