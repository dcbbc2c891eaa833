from django.urls import path

from .bot import views as bot
from .chats import views as chats

urlpatterns = [
    path("profile/telegram", chats.telegram, name="telegram"),
    path("profile/telegram/code", chats.code, name="telegram_code"),
    path("profile/telegram/deletion", chats.deletion, name="telegram_deletion"),
    path("profile/telegram/test", chats.test, name="telegram_test"),
    path("telegram/webhook", bot.webhook, name="telegram_webhook"),
    path("admin/telegram", bot.bot, name="telegram_bot"),
    path("admin/telegram/test", bot.test, name="telegram_bot_test"),
    path("admin/telegram/removal", bot.removal, name="telegram_bot_removal"),
]
