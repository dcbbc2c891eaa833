"""What programs may ask: personal access tokens, and /api/v1 by the same actions and the same law as the pages."""
