"""The demonstration site: own cast, a term of history, told through the same actions as real people use."""
