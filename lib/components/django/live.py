"""Serves an application whose code is being edited:

    gunicorn --config=/live/live.py --pythonpath=/live 'live:application("module:name")'

gunicorn's own --reload looks once a second, misses what is saved while it starts, keeps old code for as long as the
ingress keeps its connections, and ends the container when an import fails, after which no file can be copied any more.
Here a worker notices what was saved since just before it began to load, and broken code is a page that says so.

Loading takes little, because the master keeps the libraries that the first worker has imported, and each later one is its
copy. What a worker has loaded stands in a file for `coped dev`, which reports when new code is served.
"""

import atexit
import hashlib
import importlib
import json
import os
import signal
import sys
import threading
import time
import traceback

CODE = os.getcwd()
STATES = "/tmp/live"
LIBRARIES = f"{STATES}/libraries"
# Seconds between two looks; more where a look takes long, so that looking costs a twentieth of a processor at most.
PAUSE = 0.1
SHARE = 20
# Seconds for requests that are being answered when new code comes.
GRACE = 1
# With DEBUG, these are read anew at each request.
READ_EACH_TIME = ("templates", "static")

# Libraries that the master has imported, or could not.
tried = set()


def version(folder=None):
    """A text that is another one after any change of a file that Python reads once, or of a folder."""
    found = []
    collect(CODE if folder is None else folder, False, found)
    return hashlib.sha1(repr(sorted(found)).encode()).hexdigest()


def collect(folder, read_each_time, found):
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith(".") or name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                # Django looks only once where there are templates and static files.
                found.append((entry.path,))
                collect(entry.path, read_each_time or name in READ_EACH_TIME, found)
            elif name.endswith(".py") or not read_each_time:
                at = entry.stat(follow_symlinks=False)
                found.append((entry.path, at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns))


def application(target):
    """The WSGI application `module:name`, or one that shows why there is none."""
    seen = settled_version()
    remember(None)
    threading.Thread(target=watch, args=(seen,), daemon=True).start()
    module, _, name = target.partition(":")
    before = set(sys.modules)
    try:
        served, error = getattr(importlib.import_module(module), name), None
    except BaseException as exception:  # settings may well call sys.exit
        traceback.print_exc()
        sys.stderr.flush()
        served, error = broken(traceback.format_exc()), described(exception)
    remember({"version": seen, "error": error})
    write(LIBRARIES, [name for name in list(sys.modules) if name not in before and is_library(name)])
    return served


def settled_version():
    """The version, even while folders come and go."""
    while True:
        try:
            return version()
        except OSError:
            time.sleep(PAUSE)


def pre_fork(server, worker):
    """gunicorn's master, before each worker: imports what the last one needed, so that the next need not."""
    try:
        with open(LIBRARIES) as file:
            names = json.load(file)
    except FileNotFoundError:
        return
    # With settings, it would keep some of our code as well.
    settings = os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    for name in names:
        if name in tried:
            continue
        tried.add(name)
        try:
            importlib.import_module(name)
        except BaseException:  # what needs settings is left to the worker
            pass
    if settings is not None:
        os.environ["DJANGO_SETTINGS_MODULE"] = settings


def watch(seen):
    """Ends this process when the code has changed; gunicorn starts another, which loads it."""
    while True:
        began = time.monotonic()
        if settled_version() != seen:
            break
        time.sleep(max(PAUSE, SHARE * (time.monotonic() - began)))
    print("The code has changed: it is loaded again.", file=sys.stderr, flush=True)
    # Once requests are answered, nothing is tidied up: that would take as long as it took to load.
    atexit.register(os._exit, 0)
    signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(0)


def state_of(pid):
    """What a worker has loaded; None while it is loading."""
    try:
        with open(f"{STATES}/{pid}") as file:
            return json.load(file)
    except FileNotFoundError:
        return None


def remember(state):
    os.makedirs(STATES, exist_ok=True)
    path = f"{STATES}/{os.getpid()}"
    if state is None:
        # Of a process that had this number before.
        if os.path.exists(path):
            os.remove(path)
        return
    write(path, state)


def write(path, content):
    new = f"{path}.{os.getpid()}"
    with open(new, "w") as file:
        json.dump(content, file)
    os.replace(new, path)


def is_library(name):
    file = getattr(sys.modules[name], "__file__", None)
    return file is not None and not file.startswith(CODE + os.sep)


def described(exception):
    """The last line of the traceback, and the last place in the code that it names."""
    text = traceback.format_exception_only(exception)[-1].strip()
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(exception.__traceback__)]
    if isinstance(exception, SyntaxError) and exception.filename:
        places.append((exception.filename, exception.lineno))
    own = [(os.path.relpath(file, CODE), line) for file, line in places if file.startswith(CODE + os.sep)]
    return {"text": text, "file": own[-1][0] if own else None, "line": own[-1][1] if own else None}


def broken(text):
    """Shows a traceback. The pod counts as healthy: neither a restart nor an ingress without it would mend the code."""

    def show(environ, start_response):
        healthy = environ.get("HTTP_USER_AGENT", "").startswith("kube-probe/")
        body = b"" if healthy else text.encode()
        status = "200 OK" if healthy else "500 Internal Server Error"
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        start_response(status, headers)
        return [body]

    return show
