"""People: who they are, their roles, how they come in and how they leave."""
