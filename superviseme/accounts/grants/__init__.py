"""Site roles, given and taken back."""
