# Opens the stored objects of one class and runs SQL in them, as an operator or an earlier build may have: what takes an hour to live
# through is there in a second. `--directory-path objects=DIR --socket-addr http=127.0.0.1:PORT`
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "seed", worker = .seed),
    (name = "objects", disk = (path = "objects", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8786", http = (), service = "seed")],
);

const seed :Workerd.Worker = (
  compatibilityDate = "2026-10-20",
  modules = [(name = "seed.js", esModule = embed "seed.js")],
  bindings = [
    (name = "inbox", durableObjectNamespace = "Inbox"),
    (name = "conversation", durableObjectNamespace = "Conversation"),
  ],
  # The same keys as in edge/workerd.capnp: they name the folders.
  durableObjectNamespaces = [
    (className = "Inbox", uniqueKey = "inbox", enableSql = true),
    (className = "Conversation", uniqueKey = "conversation", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "objects"),
);
