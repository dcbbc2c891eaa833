"""Suites that take minutes to hours; bin/test --long runs them, one after the other."""
