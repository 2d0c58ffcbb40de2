# Writes rows, as a visitor's request would: with the rights of the web application. They are groups: every Django has
# those.
import os

from django.contrib.auth.models import Group

label, count = os.environ["DRILL_LABEL"], int(os.environ["DRILL_COUNT"])
Group.objects.bulk_create(
    Group(name=f"drill {label} {number},\nwith a line break,\ta tab and a \\ in it") for number in range(count)
)
