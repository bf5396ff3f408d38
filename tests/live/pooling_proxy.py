"""A proxy before a PostgreSQL server that lends a server session for one transaction, as PgBouncer
does with pool_mode = transaction: the session that became free last is lent first.

    pooling_proxy.py SERVER_SOCKET FOLDER    listens on FOLDER/.s.PGSQL.5432, and says so by a line
"""

import os
import socket
import struct
import sys
import threading

server_path, folder = sys.argv[1:]
free = []
pool = threading.Lock()


def read_exactly(connection, count):
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def read_message(connection):
    kind = read_exactly(connection, 1)
    length = read_exactly(connection, 4)
    return kind, kind + length + read_exactly(connection, struct.unpack("!I", length)[0] - 4)


def pass_answer(server, client):
    """Passes the server's messages on up to ReadyForQuery, which it gives back."""
    while True:
        kind, message = read_message(server)
        if kind == b"Z":
            return message
        client.sendall(message)


def serve(client):
    borrowed = None
    try:
        length = read_exactly(client, 4)
        startup = length + read_exactly(client, struct.unpack("!I", length)[0] - 4)
        # Each client's greeting is that of a session of its own, which then joins the pool's end.
        mine = socket.socket(socket.AF_UNIX)
        mine.connect(server_path)
        mine.sendall(startup)
        ready = pass_answer(mine, client)
        with pool:
            free.insert(0, mine)
        client.sendall(ready)
        while True:
            kind, message = read_message(client)
            if kind == b"X":
                return
            if borrowed is None:
                with pool:
                    borrowed = free.pop()
            borrowed.sendall(message)
            # The simple protocol only: each message has its ReadyForQuery, whose last byte says
            # whether the session is in a transaction. It is free before its client hears of that.
            ready = pass_answer(borrowed, client)
            if ready[-1:] == b"I":
                with pool:
                    free.append(borrowed)
                borrowed = None
            client.sendall(ready)
    except (EOFError, OSError):
        pass
    finally:
        client.close()


listener = socket.socket(socket.AF_UNIX)
listener.bind(os.path.join(folder, ".s.PGSQL.5432"))
listener.listen()
print("ready", flush=True)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
