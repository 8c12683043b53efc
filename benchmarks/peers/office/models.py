"""What viewflow keeps of a notice: its own process and tasks, the text in the process's data."""

from viewflow import jsonstore
from viewflow.workflow.models import Process


class Notice(Process):
    title = jsonstore.CharField(max_length=200)
    addressees = jsonstore.CharField(max_length=200)
    body = jsonstore.TextField()
    copy_to = jsonstore.CharField(max_length=200)

    class Meta:
        proxy = True
        app_label = "viewflow"  # beside the process whose table it shares: no migration of its own
