"""Who has a seat in a workspace."""
