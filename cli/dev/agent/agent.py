"""`coped dev` inside a pod: `python -c … FOLDER [PORT [PROBE]]`. It ends when its standard input does.

First it says which files the folder has. Then each line that it reads is an order in JSON, followed by the contents of the
files to write, one after the other. It answers in lines of JSON: `done` when the files are there, and, where PORT is the one
of a server behind live.py, `served` when no process with older code is left and the server answers: at the path PROBE, where
Kubernetes asks for one.
"""

import contextlib
import hashlib
import json
import os
import shutil
import stat
import sys
import threading
import time

FOLDER = os.path.realpath(sys.argv[1])
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else None
PROBE = sys.argv[3] if len(sys.argv) > 3 else None
# live.py does not look at hidden files: a file is complete before it gets its name.
UNFINISHED = ".coped-unfinished-"
OURS = f"{UNFINISHED}{os.getpid()}-"
# Paths are followed from here, folder by folder and through no link: what runs in the pod may put a link into the place of a folder at
# any moment, also just after one has looked.
ROOT = os.open(FOLDER, os.O_RDONLY | os.O_DIRECTORY)

said = threading.Lock()


def say(**words):
    with said:
        print(json.dumps(words), flush=True)


def main():
    if PORT:
        threading.Thread(target=watch_server, daemon=True).start()
    clean_up()
    say(files=digests())
    while line := sys.stdin.buffer.readline():
        order = json.loads(line)
        failed = obey(order)
        say(done=order["id"], failed=failed)
        await_server(order["id"])


@contextlib.contextmanager
def place(path, make=False):
    """The opened folder in which a path ends, and its name there. Nothing that is done with both can happen outside of ROOT."""
    *folders, name = path.split("/")
    if any(part in ("", ".", "..") for part in (*folders, name)):
        raise OSError("it leads out of the folder")
    with contextlib.ExitStack() as stack:
        at = ROOT
        for folder in folders:
            if make:
                with contextlib.suppress(FileExistsError):
                    os.mkdir(folder, dir_fd=at)
            at = enter(folder, at)
            stack.callback(os.close, at)
        yield at, name


def enter(name, at):
    try:
        return os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
    except OSError:
        if stat.S_ISLNK(mode_of(name, at)):
            raise OSError("it leads out of the folder") from None
        raise


def mode_of(name, at):
    """What is there; 0 for nothing."""
    try:
        return os.stat(name, dir_fd=at, follow_symlinks=False).st_mode
    except FileNotFoundError:
        return 0


def digests():
    """path → digest of each file and link."""
    found = {}
    for folder, folders, files, at in os.fwalk(".", dir_fd=ROOT):
        # A folder has no digest, a link to one has.
        for name in files + [name for name in folders if digest(name, at)]:
            if not name.startswith(UNFINISHED):
                found[os.path.normpath(os.path.join(folder, name))] = digest(name, at)
    return found


def digest(name, at):
    try:
        mode = mode_of(name, at)
        if stat.S_ISLNK(mode):
            return "-> " + os.readlink(name, dir_fd=at)
        if not stat.S_ISREG(mode):
            return None
        # Should it be a pipe by now, no one is waited for.
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)
        with os.fdopen(file, "rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
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
        if attempt(failed, path, remove):
            remove_empty(os.path.dirname(path))
    for path, to in order["link"]:
        attempt(failed, path, lambda at, name: link(at, name, path, to), make=True)
    for number, path in finished:
        attempt(failed, path, lambda at, name: put(unfinished(number), at, name), make=True)
        remove(ROOT, unfinished(number))
    return failed


def unfinished(name):
    return f"{OURS}{name}"


def clean_up():
    """What a connection that broke has left behind."""
    for name in os.listdir(ROOT):
        if name.startswith(OURS) or (
            name.startswith(UNFINISHED) and not os.path.exists(f"/proc/{name.split('-')[2]}")
        ):
            with contextlib.suppress(OSError):
                remove(ROOT, name)


def remove(at, name):
    with contextlib.suppress(FileNotFoundError):
        os.remove(name, dir_fd=at)


def write(name, size, mode):
    """Reads exactly what was sent, even where it cannot be written: the next order comes after it."""
    try:
        new = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=ROOT)
        with os.fdopen(new, "wb") as file:
            while size:
                chunk = sys.stdin.buffer.read(min(size, 1 << 20))
                if not chunk:
                    sys.exit(1)
                size -= len(chunk)
                file.write(chunk)
            os.fchmod(new, mode)
    except OSError:
        while size and (chunk := sys.stdin.buffer.read(min(size, 1 << 20))):
            size -= len(chunk)
        remove(ROOT, name)
        raise


def attempt(failed, path, act, make=False):
    """Whether it was done; `make` is for what needs a folder."""
    try:
        with place(path, make) as (at, name):
            act(at, name)
        return True
    except OSError as error:
        # What is to be deleted may be gone with its folder.
        if make or not isinstance(error, FileNotFoundError):
            failed.append([path, error.strerror or str(error)])
        return False


def put(source, at, name):
    make_room(at, name)
    os.replace(source, name, src_dir_fd=ROOT, dst_dir_fd=at)


def link(at, name, path, to):
    target = os.path.realpath(os.path.join(FOLDER, os.path.dirname(path), to))
    if os.path.isabs(to) or not target.startswith(FOLDER + os.sep):
        raise OSError("it leads out of the folder")
    temporary = unfinished("link")
    try:
        os.symlink(to, temporary, dir_fd=ROOT)
        put(temporary, at, name)
    finally:
        remove(ROOT, temporary)


def make_room(at, name):
    # A folder that has become a file has only ignored files left in it.
    if stat.S_ISDIR(mode_of(name, at)):
        shutil.rmtree(name, dir_fd=at)


def remove_empty(folder):
    """Folders that have become empty, but for what Python keeps in them."""
    while folder:
        try:
            with place(folder) as (at, name), place(f"{folder}/__pycache__") as (inner, cache):
                if set(os.listdir(inner)) - {cache}:
                    return
                shutil.rmtree(cache, ignore_errors=True, dir_fd=inner)
                os.rmdir(name, dir_fd=at)
        except OSError:
            return
        folder = os.path.dirname(folder)


if PORT:
    os.chdir(FOLDER)
    sys.path.insert(0, "/live")
    import live

main()
