"""Reports: the whole site for administrators, their own part for supervisors; as pages and to take along."""
