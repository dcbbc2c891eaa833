"""Telegram: the site's bot, people's chats with it, news that go there and the few words it understands."""
