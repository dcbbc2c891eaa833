"""What keeps the service running: worker, clock, health, import."""
