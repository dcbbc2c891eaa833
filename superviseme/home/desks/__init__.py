"""Desks: what needs me, then my role's overview. The only pages made per role."""
