from django.core.management.base import BaseCommand

from projects import search


class Command(BaseCommand):
    help = "Builds the search index anew and switches to it. Safe to repeat; searches go on meanwhile."

    def handle(self, *args, **options):
        index, count = search.rebuild()
        self.stdout.write(f"{search.ALIAS} is now {index}, with {count} projects.")
