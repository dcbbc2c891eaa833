"""What must hold while things break: each suite runs the real site as processes and counts what it did."""
