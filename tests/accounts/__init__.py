"""People: signing in, invitations, roles, profiles."""
