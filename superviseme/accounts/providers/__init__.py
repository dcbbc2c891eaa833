"""Signing in with an account elsewhere: Google, ORCID, any OpenID Connect provider. See docs/decisions/joining.md."""
