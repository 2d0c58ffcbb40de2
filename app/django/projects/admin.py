from django.contrib import admin

from projects.models import Project


@admin.register(Project)
class ProjectAdmin(admin.ModelAdmin):
    list_display = ["title", "organisation", "started", "funding"]
    list_filter = ["started"]
    search_fields = ["title", "organisation"]
