import json

from django.core.management.base import BaseCommand, CommandError
from elasticsearch import ApiError, TransportError
from elasticsearch.helpers import BulkIndexError

from projects import search


class Command(BaseCommand):
    help = "Builds the search index anew and switches to it. Safe to repeat; searches go on meanwhile."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check",
            action="store_true",
            help="Change nothing; print as JSON how many projects and how many documents there are (null: no index).",
        )

    def handle(self, *args, check=False, **options):
        if check:
            self.stdout.write(self.counted())
            return
        try:
            index, count = search.rebuild()
        except (ApiError, TransportError, BulkIndexError) as error:
            raise CommandError(f"The search index could not be built: {error}") from error
        self.stdout.write(f"{search.ALIAS} is now {index}, with {count} projects.")

    def counted(self):
        try:
            return json.dumps(search.counts())
        except (ApiError, TransportError) as error:
            raise CommandError(f"The search index could not be read: {error}") from error
