"""Checks before anything long is done: ``python cms/preflight.py [HOST PORT]``.

Invariant: needs nothing but a Python of any age, and says what is wrong in one line.
"""

import socket
import sys

MINIMUM = (3, 11)


def wrong_python():
    """One line when this Python is too old."""
    if sys.version_info[:2] >= MINIMUM:
        return ""
    return "Python 3.11 or newer is required; this is %s (%s)." % (  # noqa: UP031 - any Python
        sys.version.split()[0],
        sys.executable,
    )


def busy_port(host, port):
    """One line when nobody can listen on ``host``:``port``."""
    try:
        number = int(port)
        if not 0 < number < 65536:
            raise ValueError(port)
    except ValueError:
        return "PORT must be a number from 1 to 65535, not %s." % port  # noqa: UP031 - any Python
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, number, 0, socket.SOCK_STREAM
        )[0]
    except socket.gaierror:
        return "HOST %s is not an address of this machine." % host  # noqa: UP031 - any Python
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # Binding alone succeeds beside a listener that shares its port.
        listener.listen(1)
    except OSError as error:
        return "Cannot listen on %s:%s: %s. Choose another with PORT=8001." % (  # noqa: UP031
            host,
            port,
            error.strerror,
        )
    finally:
        listener.close()
    return ""


def main(arguments):
    """The first thing that is wrong, or nothing."""
    return wrong_python() or (busy_port(*arguments) if len(arguments) == 2 else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) or 0)
