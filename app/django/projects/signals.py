"""Keeps the search index in step with projects that are saved one by one, through the API or the admin site.

Fixtures (raw) are left to the command search_index. So are deletions: a search reads its results from the database,
which drops what is gone.
"""

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from projects import search
from projects.models import Project


@receiver(post_save, sender=Project)
def index_project(instance, raw, **kwargs):
    if not raw:
        # After the commit: a project that is rolled back must not be found.
        transaction.on_commit(lambda: search.store(instance))
