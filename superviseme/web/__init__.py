"""Presentation tools without domain: templates, access marks, answers, paging, text."""
