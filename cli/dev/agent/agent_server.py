# The part of agent.py that knows when a server has new code; both are one program: see agent.ts.
import http.client
import os
import threading
import time

# Seconds between two looks whether new code is served.
PAUSE = 0.03

awaited = threading.Condition()
newest = None


def await_server(order):
    global newest
    if not PORT:
        return say(served=order)
    with awaited:
        newest = order
        awaited.notify()


def watch_server():
    """Says when the newest order is served, which a still newer one may overtake."""
    global newest
    while True:
        with awaited:
            while newest is None:
                awaited.wait()
            order = newest
        errors = loaded_everywhere()
        if errors is not None and answers():
            with awaited:
                if newest == order:
                    newest = None
            say(served=order, error=errors[0] if errors else None)
        else:
            time.sleep(PAUSE)


def loaded_everywhere():
    """What went wrong in loading the code as it is now; None while some process has another."""
    try:
        now = live.version()
    except OSError:
        return None
    states = [live.state_of(pid) for pid in workers()]
    if not states or any(state is None or state["version"] != now for state in states):
        return None
    return [state["error"] for state in states if state["error"]]


def workers():
    """Children of the container's first process, which is gunicorn's master."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as file:
                state, parent = file.read().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if parent == "1" and state != "Z":
            yield pid


def answers():
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=2)
    try:
        if not PROBE:
            connection.connect()
        else:
            connection.request("GET", PROBE)
            connection.getresponse()
        return True
    except OSError:
        return False
    finally:
        connection.close()
