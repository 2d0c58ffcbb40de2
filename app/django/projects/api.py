"""The JSON API.

GET  /api/projects/?page=2      projects, in pages
POST /api/projects/             creates a project
GET  /api/search/?q=heat+pumps  projects that match
"""

import base64
import binascii
import json
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import authenticate
from django.core.exceptions import RequestDataTooBig
from django.core.paginator import InvalidPage, Paginator
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from projects import search as project_search
from projects.forms import ProjectForm
from projects.models import Project

PAGE_SIZE = 100


# Forged cross-site requests abuse credentials that a browser sends by itself, such as the session cookie. This view
# ignores the session: it accepts only the Authorization header.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def projects(request):
    return create_project(request) if request.method == "POST" else list_projects(request)


def list_projects(request):
    paginator = Paginator(Project.objects.all(), PAGE_SIZE)
    try:
        page = paginator.page(request.GET.get("page", 1))
    except InvalidPage as error:
        return problem(HTTPStatus.NOT_FOUND, str(error))
    return JsonResponse(
        {
            "count": paginator.count,
            "next": page_url(request, page.next_page_number()) if page.has_next() else None,
            "previous": page_url(request, page.previous_page_number()) if page.has_previous() else None,
            "results": [representation(project) for project in page],
        }
    )


def create_project(request):
    # Development may write without a user; there is nothing to protect, the database is made anew at each start.
    if not settings.DEBUG:
        user = basic_user(request)
        if user is None:
            response = problem(HTTPStatus.UNAUTHORIZED, "A user name and a password are required.")
            response["WWW-Authenticate"] = 'Basic realm="COPED", charset="UTF-8"'
            return response
        if not user.has_perm("projects.add_project"):
            return problem(HTTPStatus.FORBIDDEN, "This user may not add projects.")

    try:
        values = json.loads(request.body)
    except RequestDataTooBig:
        return problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"The body may have {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes at most.",
        )
    except (ValueError, RecursionError) as error:
        return problem(HTTPStatus.BAD_REQUEST, f"The body is not JSON: {error}")
    if not isinstance(values, dict):
        return problem(HTTPStatus.BAD_REQUEST, "The body must be a JSON object.")

    form = ProjectForm(values)
    errors = {name: list(messages) for name, messages in form.errors.items()} | type_errors(form, values)
    if errors:
        return problem(HTTPStatus.BAD_REQUEST, "The project is not valid.", errors=errors)
    return JsonResponse(representation(form.save()), status=HTTPStatus.CREATED)


@require_safe
def search(request):
    query = request.GET.get("q", "").strip()
    if not query:
        return problem(HTTPStatus.BAD_REQUEST, "The parameter q is required.")
    try:
        hits = project_search.find(query)
    except project_search.SearchUnavailable as error:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
    return JsonResponse({"count": hits.total, "results": [representation(project) for project in hits.projects]})


def not_found(request, exception):
    return problem(HTTPStatus.NOT_FOUND, "There is nothing here.")


def server_error(request):
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side.")


def basic_user(request):
    """The user of the Authorization header, https://www.rfc-editor.org/rfc/rfc7617, or None."""
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        username, _, password = base64.b64decode(credentials, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return authenticate(request, username=username, password=password)


def type_errors(form, values):
    """What the form does not object to, because a browser would send every value as text."""
    errors = {}
    for name, value in values.items():
        if name not in form.fields:
            errors[name] = ["There is no such field."]
        elif not isinstance(value, str | int | None) or isinstance(value, bool):
            errors[name] = ["Must be a text or a whole number."]
    return errors


def page_url(request, number):
    return request.build_absolute_uri(f"{request.path}?page={number}")


def representation(project):
    return {
        "id": project.pk,
        "title": project.title,
        "summary": project.summary,
        "organisation": project.organisation,
        "started": project.started,
        "funding": project.funding,
    }


def problem(status, message, **details):
    return JsonResponse({"error": message, **details}, status=status)
