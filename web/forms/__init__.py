"""Turn forms into what the verbs take, and back."""
