"""What people do and do not do: the Monday report to everybody who supervises."""
