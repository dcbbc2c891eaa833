"""New people who came by themselves and wait for an administrator."""
