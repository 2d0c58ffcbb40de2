# What a database lacks of this release's migrations, and what it has that this release does not know.
import json
import os

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

# Whatever the application's settings call it, and however they find it.
connection.close()
connection.settings_dict["NAME"] = os.environ["COPED_DATABASE"]
executor = MigrationExecutor(connection)
loader = executor.loader
plan = executor.migration_plan(loader.graph.leaf_nodes())
applied = executor.recorder.applied_migrations()
unknown = set(applied) - set(loader.disk_migrations)
print(
    json.dumps(
        {
            "pending": [f"{migration.app_label}.{migration.name}" for migration, _ in plan],
            "unknown": sorted(".".join(key) for key in unknown),
        }
    )
)
