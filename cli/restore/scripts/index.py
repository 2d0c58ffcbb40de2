# How many projects there are, and how many of them can be found.
import json

from projects import search
from projects.models import Project

search.client().indices.refresh(index=search.ALIAS)
found = search.client().count(index=search.ALIAS)["count"]
print(json.dumps({"rows": Project.objects.count(), "documents": found}))
