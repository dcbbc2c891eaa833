"""A person's meetings and deadlines at a secret address, for calendar programs to look at again and again."""
