"""What happened in a workspace."""
