"""The smoke test: invented people walk through the site over HTTP the way real ones do, and leave nothing behind."""
