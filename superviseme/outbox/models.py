from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("Mail")
    TELEGRAM = "telegram", _("Telegram")
    WEBHOOK = "webhook", _("Webhook")


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")


class Message(models.Model):
    """One message to one recipient. `key` is unique: the same news reaches the same address once, whatever restarts."""

    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    letter = models.CharField(max_length=60)  # the template folder under templates/mail/
    to = models.CharField(max_length=320)
    to_name = models.CharField(max_length=200, blank=True)
    recipient_id = models.BigIntegerField(null=True)  # a person, by number: people lie above the outbox
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    calendar = models.TextField(blank=True)  # an invitation (RFC 5546) that calendars take from the mail
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=100, blank=True)  # a token, so that who was cut off cannot write late
    claimed_at = models.DateTimeField(null=True)
    claimed_epoch = models.PositiveBigIntegerField(null=True)  # of the lease it is delivered under
    data_at = models.DateTimeField(null=True)  # from here on it may have gone
    possible_copies = models.PositiveSmallIntegerField(default=0, db_default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"]), models.Index(fields=["recipient_id"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="message_channel_known"),
        ]


class Hold(models.Model):
    """While one stands nothing goes out: after a restore, until it is known what went before."""

    since = models.DateTimeField()
    reason = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True)
