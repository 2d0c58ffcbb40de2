# Waits for servers: reached.py <host> <port> …
# Network policies reach a new pod some seconds after it starts; until then it is refused. A server that does not answer
# at all is no reason to stop: the command may not need it.
import socket
import sys
import time

for address in zip(sys.argv[1::2], sys.argv[2::2]):
    for _ in range(30):
        try:
            socket.create_connection(address, 1).close()
            break
        except OSError:
            time.sleep(0.5)
