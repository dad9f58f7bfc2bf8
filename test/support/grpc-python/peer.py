"""A gRPC server and client on grpcio, the C core: see ../grpc-peers.ts for what they say."""

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import grpc

LIMITS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
ANSWERS_OF_MANY = 10
ANSWERS_OF_CHAT = 5


def serve():
    handlers = {
        "Echo": grpc.unary_unary_rpc_method_handler(lambda request, _: request),
        "Other": grpc.unary_unary_rpc_method_handler(lambda request, _: request),
        "Many": grpc.unary_stream_rpc_method_handler(lambda request, _: (request for _ in range(ANSWERS_OF_MANY))),
        "Chat": grpc.stream_stream_rpc_method_handler(lambda requests, _: (request for request in requests)),
    }
    server = grpc.server(ThreadPoolExecutor(max_workers=64), options=LIMITS)
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler("chaos.Test", handlers)])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(json.dumps({"port": port}), flush=True)
    sys.stdin.read()
    server.stop(None)


def dial(port):
    channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=LIMITS)
    for line in sys.stdin:
        print(json.dumps(work(channel, **json.loads(line))), flush=True)


def work(channel, method, count, concurrency, bytes, deadlineMs):
    lock = threading.Lock()
    statuses, messages, took_ms, wrong = {}, set(), [], 0

    def one(i):
        nonlocal wrong
        payload = b"%c" % (i % 251) * bytes
        start = time.monotonic()
        try:
            answers = ask(channel, method, payload, deadlineMs / 1000)
            status, message = "OK", None
        except grpc.RpcError as error:
            answers, status, message = None, error.code().name, error.details()
        with lock:
            took_ms.append((time.monotonic() - start) * 1000)
            statuses[status] = statuses.get(status, 0) + 1
            if message is not None:
                messages.add(message)
            elif answers != [payload] * {"Many": ANSWERS_OF_MANY, "Chat": ANSWERS_OF_CHAT}.get(method, 1):
                wrong += 1

    with ThreadPoolExecutor(max_workers=concurrency) as pool:
        list(pool.map(one, range(count)))
    took_ms.sort()
    return {
        "statuses": statuses,
        "messages": sorted(messages),
        "wrong": wrong,
        "minMs": took_ms[0],
        "medianMs": took_ms[len(took_ms) // 2],
    }


def ask(channel, method, payload, deadline):
    path = f"/chaos.Test/{method}"
    if method == "Many":
        return list(channel.unary_stream(path)(payload, timeout=deadline))
    if method == "Chat":
        return list(channel.stream_stream(path)((payload for _ in range(ANSWERS_OF_CHAT)), timeout=deadline))
    return [channel.unary_unary(path)(payload, timeout=deadline)]


if sys.argv[1] == "serve":
    serve()
else:
    dial(sys.argv[2])
