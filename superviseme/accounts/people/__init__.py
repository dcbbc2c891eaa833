"""People as administrators see them: who there is, and what becomes of an account."""
