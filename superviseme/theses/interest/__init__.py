"""A student asks for a topic; it is withdrawn, declined, accepted or closed."""
