"""The law: who may do what, when. Imports nothing of ours. Read rules.py first."""
