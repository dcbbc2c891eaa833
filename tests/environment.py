"""Read before the settings are (`-p tests.environment` in pyproject.toml): tests have a site mode of their own."""

import os

os.environ.setdefault("SITE_MODE", "test")
os.environ.setdefault("STRICT_TEMPLATES", "true")
os.environ.setdefault("SECRET_KEY", "")
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
