"""The pages of the web application."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from projects import search as project_search
from projects.models import Project

PAGE_SIZE = 10


@require_safe
def project_list(request):
    page = Paginator(Project.objects.all(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "projects/list.html", {"page": page})


@require_safe
def project_detail(request, pk):
    return render(request, "projects/detail.html", {"project": get_object_or_404(Project, pk=pk)})


@require_safe
def search(request):
    query = request.GET.get("q", "").strip()
    context = {"query": query}
    if query:
        try:
            context["hits"] = project_search.find(query)
        except project_search.SearchUnavailable as error:
            context["problem"] = str(error)
    return render(request, "projects/search.html", context, status=503 if "problem" in context else 200)


@require_safe
def favicon(request):
    return redirect(static("projects/favicon.svg"))
