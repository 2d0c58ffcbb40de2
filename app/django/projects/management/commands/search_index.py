from django.core.management.base import BaseCommand, CommandError
from elasticsearch import ApiError, TransportError
from elasticsearch.helpers import BulkIndexError

from projects import search


class Command(BaseCommand):
    help = "Builds the search index anew and switches to it. Safe to repeat; searches go on meanwhile."

    def handle(self, *args, **options):
        try:
            index, count = search.rebuild()
        except (ApiError, TransportError, BulkIndexError) as error:
            raise CommandError(f"The search index could not be built: {error}") from error
        self.stdout.write(f"{search.ALIAS} is now {index}, with {count} projects.")
