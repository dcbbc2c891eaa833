"""The workspace itself: head, overview, freeze, delete and restore."""
