"""What a locked-out sign-in is answered."""

from http import HTTPStatus

from django.http import JsonResponse
from django.shortcuts import render

MESSAGE = "Too many wrong passwords. Please try again in a quarter of an hour."


def too_many_attempts(request, response=None, credentials=None):
    status = HTTPStatus.TOO_MANY_REQUESTS
    if request.path_info.startswith("/api/"):
        return JsonResponse({"error": MESSAGE}, status=status)
    return render(request, "429.html", {"message": MESSAGE}, status=status)
