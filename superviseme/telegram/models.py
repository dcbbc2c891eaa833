from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class Mode(models.TextChoices):
    """How what people write to the bot comes to us."""

    POLLING = "polling", _("The scheduler asks Telegram (works behind any firewall)")
    WEBHOOK = "webhook", _("Telegram calls this site (needs https and an address that is reached from outside)")


class Bot(models.Model):
    """The one bot of the site: a row at most, under the number 1. A token of the environment wins over the one here."""

    sealed_token = models.TextField(blank=True)  # web/sealed.py
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.POLLING)
    kinds = models.JSONField(null=True)  # categories of notices that are offered; None for all
    username = models.CharField(max_length=64, blank=True)  # as Telegram says it
    arranged = models.CharField(max_length=64, blank=True)  # what Telegram was last told of us, as a figure
    next_update = models.BigIntegerField(default=0)  # everything below was heard
    heard_at = models.DateTimeField(null=True)
    quiet_until = models.DateTimeField(null=True)  # nothing is sent before, because Telegram said so or was away
    problem = models.CharField(max_length=300, blank=True)
    problem_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="bot_only_one"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="bot_mode_known"),
        ]


class Chat(models.Model):
    """A chat that provably is a person's: they wrote the code of their profile into it."""

    person = models.OneToOneField(PERSON, on_delete=models.PROTECT, related_name="telegram_chat")
    chat = models.BigIntegerField(unique=True)
    name = models.CharField(max_length=100, blank=True)  # how Telegram calls them, for their own eyes
    connected_at = models.DateTimeField()
    lost_at = models.DateTimeField(null=True)  # it takes nothing from us any more
    lost_why = models.CharField(max_length=300, blank=True)


class Code(models.Model):
    """What `/start` needs to connect a chat; of one person the last one counts, once."""

    person = models.OneToOneField(PERSON, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
