"""Projects for the tests."""

from projects.models import Project


def create_project(**values):
    return Project.objects.create(
        **{
            "title": "Heat pumps in terraced housing",
            "summary": "Measures heat pumps through two winters.",
            "organisation": "University of the Northern Hills",
            "started": 2023,
            "funding": 1240000,
            **values,
        }
    )
