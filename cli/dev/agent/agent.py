"""`coped dev` inside a pod: `python -c … FOLDER [PORT]`. It ends when its standard input does.

First it says which files the folder has. Then each line that it reads is an order in JSON, followed by the contents of the
files to write, one after the other. It answers in lines of JSON: `done` when the files are there, and, where PORT is the one
of a server behind live.py, `served` when no process with older code is left and the server answers.
"""

import hashlib
import json
import os
import shutil
import sys
import threading
import time

FOLDER = os.path.realpath(sys.argv[1])
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else None
# live.py does not look at hidden files: a file is complete before it gets its name.
UNFINISHED = ".coped-unfinished-"

said = threading.Lock()


def say(**words):
    with said:
        print(json.dumps(words), flush=True)


def main():
    if PORT:
        threading.Thread(target=watch_server, daemon=True).start()
    clean_up()
    say(files={path: digest(path) for path in paths()})
    while line := sys.stdin.buffer.readline():
        order = json.loads(line)
        failed = obey(order)
        say(done=order["id"], failed=failed)
        await_server(order["id"])


def paths():
    for folder, folders, files in os.walk(FOLDER):
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in files + links:
            if not name.startswith(UNFINISHED):
                yield os.path.relpath(os.path.join(folder, name), FOLDER)


def digest(path):
    full = os.path.join(FOLDER, path)
    try:
        if os.path.islink(full):
            return "-> " + os.readlink(full)
        with open(full, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def obey(order):
    """Does what is asked, all of it or as much as possible. Answers what was not, and why."""
    failed, finished = [], []
    for number, (path, size, mode) in enumerate(order["write"]):
        try:
            write(unfinished(number), size, mode)
            finished.append((number, path))
        except OSError as error:
            failed.append([path, error.strerror])
    for path in order["delete"]:
        attempt(failed, path, remove)
        remove_empty(os.path.dirname(path))
    for path, to in order["link"]:
        attempt(failed, path, lambda full: link(full, to))
    for number, path in finished:
        attempt(failed, path, lambda full: put(unfinished(number), full))
        remove(unfinished(number))
    return failed


def unfinished(name):
    return os.path.join(FOLDER, f"{UNFINISHED}{os.getpid()}-{name}")


def clean_up():
    """What a connection that broke has left behind."""
    for name in os.listdir(FOLDER):
        if name.startswith(UNFINISHED) and not os.path.exists(f"/proc/{name.split('-')[2]}"):
            remove(os.path.join(FOLDER, name))


def remove(full):
    if os.path.lexists(full):
        os.remove(full)


def write(full, size, mode):
    """Reads exactly what was sent, even where it cannot be written: the next order comes after it."""
    try:
        with open(full, "wb") as file:
            while size:
                chunk = sys.stdin.buffer.read(min(size, 1 << 20))
                if not chunk:
                    sys.exit(1)
                size -= len(chunk)
                file.write(chunk)
        os.chmod(full, mode)
    except OSError:
        while size and (chunk := sys.stdin.buffer.read(min(size, 1 << 20))):
            size -= len(chunk)
        remove(full)
        raise


def attempt(failed, path, act):
    try:
        act(inside(path))
    except OSError as error:
        failed.append([path, error.strerror or str(error)])


def inside(path):
    """The whole path of a file, which may lie nowhere but in the folder."""
    parts = path.split("/")
    folder = os.path.join(FOLDER, *parts[:-1])
    if any(part in ("", ".", "..") for part in parts) or os.path.realpath(folder) != folder:
        raise OSError("it leads out of the folder")
    return os.path.join(folder, parts[-1])


def put(source, full):
    make_room(full)
    os.replace(source, full)


def link(full, to):
    target = os.path.realpath(os.path.join(os.path.dirname(full), to))
    if os.path.isabs(to) or not target.startswith(FOLDER + os.sep):
        raise OSError("it leads out of the folder")
    make_room(full)
    temporary = unfinished("link")
    os.symlink(to, temporary)
    os.replace(temporary, full)


def make_room(full):
    os.makedirs(os.path.dirname(full), exist_ok=True)
    # A folder that has become a file has only ignored files left in it.
    if os.path.isdir(full) and not os.path.islink(full):
        shutil.rmtree(full)


def remove_empty(folder):
    """Folders that have become empty, but for what Python keeps in them."""
    while folder:
        full = os.path.join(FOLDER, folder)
        if os.path.islink(full) or not os.path.isdir(full) or set(os.listdir(full)) - {"__pycache__"}:
            return
        shutil.rmtree(full)
        folder = os.path.dirname(folder)


if PORT:
    os.chdir(FOLDER)
    sys.path.insert(0, "/live")
    import live

main()
