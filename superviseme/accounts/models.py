from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from superviseme.policy.roles import Role
from superviseme.web.alphabet import Filed
from superviseme.web.time import now

# Accounts that are not simply in use: few, and counted by an index of their own.
EXCEPTIONS = Q(is_active=False) | Q(approved_at=None) | Q(erased_at__isnull=False) | Q(is_smoke=True)
OF_A_NAME = ("name", "surname", "email", "erased_at")
"""What `full_name` reads, for lists that say nothing else of people."""
BY_NAME = ("filed_surname", "filed_name", "pk")
"""The order of `alphabetical()`, for pages of it."""
THEMES = [("system", _("System")), ("light", _("Light")), ("dark", _("Dark"))]


def picture_address(pk: int, digest: str) -> str:
    """Empty without a picture. Written here, not asked of the doors: lists need it on every row."""
    return f"/people/{pk}/picture/{digest}" if digest else ""


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> "PersonQuerySet":
        """Who can be chosen, written to, counted on; without the people of a smoke test."""
        return self.filter(is_active=True, erased_at=None, is_smoke=False)

    def with_role(self, *roles: Role) -> "PersonQuerySet":
        held = Grant.objects.filter(person=models.OuterRef("pk"), role__in=roles, revoked_at=None)
        return self.filter(models.Exists(held))

    def alphabetical(self) -> "PersonQuerySet":
        return self.annotate(filed_surname=Filed("surname"), filed_name=Filed("name")).order_by(*BY_NAME)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]  # a class made by a call
    def get_by_natural_key(self, email: str) -> "Person":
        return self.get(email=email.lower())


class Person(AbstractBaseUser):
    """A person with an account. E-mail is kept in lower case; roles are Grant rows."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("first name"), max_length=150, blank=True)
    surname = models.CharField(_("family name"), max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)  # raised to end every session
    must_change_password = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=now)
    approved_at = models.DateTimeField(null=True, blank=True, default=now)  # null: waits for an administrator
    erased_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)  # presence, at most every five minutes
    last_seen_place = models.CharField(max_length=100, blank=True)
    degree_course = models.CharField(_("degree course"), max_length=150, blank=True)
    affiliation = models.CharField(_("affiliation"), max_length=200, blank=True)
    gender = models.CharField(_("gender"), max_length=30, blank=True)
    nationality = models.CharField(_("nationality"), max_length=60, blank=True)
    orcid = models.CharField("ORCID", max_length=19, blank=True)
    about = models.TextField(_("about"), blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    theme = models.CharField(_("theme"), max_length=10, default="system", choices=THEMES)
    is_smoke = models.BooleanField(default=False)  # made by a smoke run: gets no mail, expires
    picture = models.CharField(max_length=64, blank=True, default="", db_default="")  # SHA-256 of the stored content
    picture_size = models.PositiveIntegerField(default=0, db_default=0)  # bytes of it, as backups and the doctor ask

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="person_email_is_lower_case"),
            models.CheckConstraint(
                condition=Q(picture="", picture_size=0) | (~Q(picture="") & Q(picture_size__gt=0)),
                name="person_picture_has_a_size",
            ),
        ]
        indexes = [
            models.Index(fields=["-joined_at", "-id"], name="person_newest"),
            models.Index(fields=["id"], condition=EXCEPTIONS, name="person_exceptions"),
            models.Index(fields=["picture"], condition=~Q(picture=""), name="person_picture"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        if self.erased_at:
            return str(_("Former member"))
        return f"{self.name} {self.surname}".strip() or self.email.split("@")[0]

    def get_full_name(self) -> str:
        return self.full_name

    @property
    def picture_url(self) -> str:
        """Empty without one."""
        return "" if self.erased_at else picture_address(self.pk, self.picture)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Site roles held now; one query per request, none when prefetched as `grants`."""
        return frozenset(Role(g.role) for g in self.grants.all() if g.revoked_at is None)

    @property
    def is_admin(self) -> bool:
        return Role.ADMIN in self.roles

    def get_session_auth_hash(self) -> str:
        return self._get_session_auth_hash()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        key_salt = "superviseme.accounts.Person.session"
        return salted_hmac(
            key_salt, f"{self.password}:{self.session_epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()

    @property
    def creator_id(self) -> int:
        return self.pk


class Grant(models.Model):
    """A site role given to a person: who gave it, when, and when it was taken back. Only actions write these."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(default=now)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], condition=Q(revoked_at=None), name="grant_held_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_known"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("granted_at")), name="grant_ends_after_start"
            ),
        ]


class Identity(models.Model):
    """An account elsewhere by which a person signs in: the provider's own name and its number for them, never an address."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identities")
    provider = models.CharField(max_length=40)  # key of accounts/providers/provider.py
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    email = models.CharField(max_length=254, blank=True)  # as told when it was connected, for the person to know it by
    connected_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="identity_is_one_person")]


class Invitation(models.Model):
    """An invitation by mail. The token is kept as a hash; the person chooses the password when accepting."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=150, blank=True)
    surname = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=20, choices=Role)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="invitations")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)  # null: prepared, not sent
    expires_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True)
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_email_is_lower_case"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
        ]
        indexes = [models.Index(fields=["email"])]


class SignInFailure(models.Model):
    """One failed guess, counted per account and address; see signin/throttle.py."""

    account = models.CharField(max_length=64)  # hash of the lower-case e-mail
    address = models.CharField(max_length=64)  # IP, /64 for IPv6
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "address", "at"]), models.Index(fields=["address", "at"])]
