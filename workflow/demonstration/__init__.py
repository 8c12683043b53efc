"""A made-up office to try the system with: accounts are named for their roles."""
