"""What one was told, in the app."""
