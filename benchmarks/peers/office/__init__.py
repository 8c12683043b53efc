"""The Django application that keeps notices in the comparison with django-viewflow."""
