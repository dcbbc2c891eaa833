"""What people write to the bot, and what it answers. Whoever asks is known by the chat; the law is the site's own."""
