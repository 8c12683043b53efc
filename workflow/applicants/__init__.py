"""Keep the units outside that apply or recommend: what they are, their accounts, their names."""
