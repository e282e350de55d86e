# Runs plain.js the way edge/workerd.capnp runs the product.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "plain", worker = .plain),
    (name = "objects", disk = (path = "objects", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8788", http = (), service = "plain")],
);

const plain :Workerd.Worker = (
  compatibilityDate = "2026-10-20",
  modules = [(name = "plain.js", esModule = embed "plain.js")],
  bindings = [(name = "Chat", durableObjectNamespace = "Chat")],
  durableObjectNamespaces = [(className = "Chat", uniqueKey = "chat", enableSql = true)],
  durableObjectStorage = (localDisk = "objects"),
);
