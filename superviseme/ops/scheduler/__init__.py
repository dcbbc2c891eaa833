"""The scheduler as operators see it: who leads, what runs next, what ran, what is held."""
