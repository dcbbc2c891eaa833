"""The record of a meeting and its confirmation."""

from .views import show

record = confirmation = show
