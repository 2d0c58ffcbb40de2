# Writes rows, as a visitor's request would: with the rights of the web application.
import os

from projects.models import Project

label, count = os.environ["DRILL_LABEL"], int(os.environ["DRILL_COUNT"])
Project.objects.bulk_create(
    Project(
        title=f"{label} {number}",
        summary=f"Row {number},\nwith a line break,\ta tab and a \\ in it",
        organisation="Drill",
        started=2000 + number % 25,
        funding=number * 1000,
    )
    for number in range(count)
)
