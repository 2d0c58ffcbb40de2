from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.db import connections
from django.http import JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from core import tasks
from core.documents import ProjectDocument
from core.models import Project, Run


@csrf_exempt
def search(request):
    if request.method == "POST":
        Project.objects.create(title=request.GET["q"])
    hits = ProjectDocument.search().query("match", title=request.GET["q"])
    return JsonResponse({"found": [hit.title for hit in hits]})


@csrf_exempt
def runs(request, task, name):
    """POST queues a task, with `?hold` one that does not end before DELETE."""
    if request.method == "POST":
        cache.set(f"hold-{name}", "hold" in request.GET, None)
        getattr(tasks, task).delay(name)
    elif request.method == "DELETE":
        cache.delete(f"hold-{name}")
    return JsonResponse({"runs": list(Run.objects.filter(name=name).order_by("pk").values("started", "finished"))})


def dashboards(request):
    with connections["metabase"].cursor() as cursor:
        # Those that it may read.
        cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
        return JsonResponse({"tables": cursor.fetchone()[0]})


urlpatterns = [
    path("accounts/login/", LoginView.as_view()),
    path("search/", search),
    path("runs/<task>/<name>/", runs),
    path("dashboards/", dashboards),
]
