"""Silence: nothing done by who writes, for longer than agreed; agreed rhythms and absences."""
