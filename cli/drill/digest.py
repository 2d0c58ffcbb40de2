# Says how many rows of a kind there are, and a checksum over all that is in them.
import hashlib
import json
import os

from django.contrib.auth.models import Group

label = os.environ["DRILL_LABEL"]
rows = list(Group.objects.filter(name__startswith=f"drill {label} ").order_by("pk").values_list())
print(json.dumps({"rows": len(rows), "checksum": hashlib.sha256(repr(rows).encode()).hexdigest()}))
