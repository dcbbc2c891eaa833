from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from .categories import CATEGORIES, Delivery

PERSON = settings.AUTH_USER_MODEL
IN_APP = "web"  # beside the ways out of outbox.models.Channel


class Notice(models.Model):
    """One person is told of one event, in the app. The worker decides by which ways else (`spread_at`, `Telling`)."""

    recipient = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="notices")
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="notices")
    verb = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    loud = models.BooleanField(default=True)  # by mail as well, unless its recipient chose otherwise
    in_app = models.BooleanField(default=True)  # stands in the inbox and rings the bell
    spread_at = models.DateTimeField(null=True)  # when the worker dealt with it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "event"], name="notice_once")]
        indexes = [
            models.Index(fields=["recipient", "read_at", "-id"]),
            models.Index(fields=["recipient", "-id"]),
            models.Index(fields=["spread_at", "id"]),
        ]


class Telling(models.Model):
    """One notice on one way out (mail, Telegram): when it is due, and when it went. Each once."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="tellings")
    recipient = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    daily = models.BooleanField(default=False)  # gathered into one letter a day
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="telling_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(told_at=None), name="telling_due"),
            models.Index(
                fields=["recipient", "channel", "due_at"], condition=Q(told_at=None), name="telling_of_person"
            ),
        ]


class Preference(models.Model):
    """How a person wants one category by one way. Without a row the default holds."""

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="notice_preferences")
    category = models.CharField(max_length=20)
    channel = models.CharField(max_length=10)  # "web" or an outbox.models.Channel
    delivery = models.CharField(max_length=10, choices=Delivery)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "category", "channel"], name="preference_once"),
            models.CheckConstraint(condition=Q(delivery__in=Delivery.values), name="preference_delivery_known"),
            models.CheckConstraint(
                condition=Q(category__in=[c.value for c in CATEGORIES]), name="preference_category_known"
            ),
        ]
        indexes = [models.Index(fields=["channel", "category", "delivery"])]


class Habits(models.Model):
    """When a person wants to hear: the hour of the daily letter, hours of rest, the Monday letters."""

    person = models.OneToOneField(PERSON, on_delete=models.PROTECT, related_name="habits")
    daily_hour = models.PositiveSmallIntegerField(default=7, validators=[MaxValueValidator(23)])
    quiet_from = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(23)])
    quiet_until = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(23)])
    weekly_report = models.BooleanField(default=True)  # for who supervises
    weekly_plan = models.BooleanField(default=False)  # for who writes

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__lte=23, quiet_until__lte=23),
                name="habits_quiet_hours_together",
            ),
            models.CheckConstraint(condition=Q(daily_hour__lte=23), name="habits_daily_hour_known"),
        ]
