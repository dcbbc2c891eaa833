"""What goes for good: the deleted after 30 days, and traces that have served their time."""
