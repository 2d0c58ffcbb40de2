from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse


class Project(models.Model):
    """A research project about energy."""

    title = models.CharField(max_length=200)
    summary = models.TextField(max_length=5000)
    organisation = models.CharField(max_length=200, help_text="The organisation that leads the project.")
    started = models.PositiveSmallIntegerField(
        "year started",
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    funding = models.PositiveBigIntegerField("funding in GBP")
    # Lets search_index pick up what was saved while it ran.
    modified = models.DateTimeField(auto_now=True)

    class Meta:
        # The key comes last so that the order, and with it the division into pages, is unambiguous.
        ordering = ["-started", "title", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("project-detail", args=[self.pk])
