"""People's chats with the bot: connected by a code that only they can see."""
