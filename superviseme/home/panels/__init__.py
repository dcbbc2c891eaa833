"""The overviews of the desks, one file a role: page-shaped reads."""
