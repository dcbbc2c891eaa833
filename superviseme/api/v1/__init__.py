"""/api/v1: the same things, actions and refusals as on the pages, as JSON."""
