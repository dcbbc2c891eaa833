"""The site's bot: which one it is, how Telegram reaches us, and its page for administrators."""
