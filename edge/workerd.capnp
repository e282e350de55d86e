# Runs the product on your own machine. It is complete as it stands, for `workerd serve edge/workerd.capnp` after
# `cargo xtask build`; what differs from run to run comes from the command line and the environment:
#   --socket-addr http=127.0.0.1:8787   --directory-path objects=DIR  (likewise assets, www)
#   OPERATOR_TOKEN=…   a random secret, which `cargo xtask up` makes once and keeps in the data folder (docs/workspaces.md)
#   ORIGIN=… ADDRESS_HEADER=…   behind a proxy (docs/proxy.md)
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "edge", worker = .edge),
    # Files that the worker reads through a binding, and sets the headers of itself.
    (name = "assets", disk = (path = "dist/assets")),
    (name = "www", disk = (path = "dist/www")),
    # What the worker fetches from outside: pictures of articles, from public addresses alone, whatever a name or a redirect leads to.
    # workerd's "public" leaves out most of what IANA's registries of special addresses name. The rest of it is denied here, with the
    # ranges that stand for addresses of version 4.
    (name = "internet", network = (
      allow = ["public"],
      deny = [
        "0.0.0.0/8", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
        "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
        "fec0::/10", "ff00::/8",
      ],
      tlsOptions = (trustBrowserCas = true),
    )),
    # The server of a language model, which may stand on this machine or beside it. The worker asks exactly the address in MODEL_URL.
    (name = "model", network = (allow = ["local", "private", "public"], tlsOptions = (trustBrowserCas = true))),
    # The only thing that outlives a process: the objects' SQLite files.
    (name = "objects", disk = (path = "data/objects", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "edge")],
);

const edge :Workerd.Worker = (
  # The same date as in wrangler.jsonc.
  compatibilityDate = "2026-10-20",
  modules = [
    (name = "index.js", esModule = embed "../dist/worker/index.js"),
    (name = "./index_bg.wasm", wasm = embed "../dist/worker/index_bg.wasm"),
  ],
  bindings = [
    (name = "ASSETS", service = "assets"),
    (name = "DEMO", service = "www"),
    # The objects' files: whether there is one is looked at before an object is woken, which would make it.
    (name = "STORE", service = "objects"),
    # Makes workspaces, and does nothing else.
    (name = "OPERATOR_TOKEN", fromEnvironment = "OPERATOR_TOKEN"),
    # For workspaces that an earlier build has made, until the operator gives them secrets of their own.
    (name = "SETUP_TOKEN", fromEnvironment = "SETUP_TOKEN"),
    (name = "PUBLISH_TOKEN", fromEnvironment = "PUBLISH_TOKEN"),
    # Keys beside those of the workspaces, with which sites sign who a visitor is: workspace:key (docs/identity.md).
    (name = "IDENTITY_SECRET", fromEnvironment = "IDENTITY_SECRET"),
    # The address at which browsers reach the edge, such as https://help.example.com (several: with spaces between them). Without
    # it, a proxy in front of this process has to pass Host on and write X-Forwarded-Proto.
    (name = "ORIGIN", fromEnvironment = "ORIGIN"),
    # The host name of the demo's pages. Only `cargo xtask up` and the package's trial set it; without it there is no demo, whatever Host says.
    (name = "DEMO_HOST", fromEnvironment = "DEMO_HOST"),
    # The header in which a proxy in front of this process writes the visitor's address, such as X-Forwarded-For. Without it, the
    # address is the connection's own. Set it only if every request comes through that proxy: anybody else can write the header.
    (name = "ADDRESS_HEADER", fromEnvironment = "ADDRESS_HEADER"),
    # How many proxies of yours add to that header, if more than one: the address counts that the first of them has written.
    (name = "ADDRESS_PROXIES", fromEnvironment = "ADDRESS_PROXIES"),
    # A language model that writes keywords and questions for articles (docs/publishing.md): its name, the address of a server that speaks
    # OpenAI's chat API, up to /v1, what that wants to be shown, and how many tokens a day a workspace may cost. Without MODEL there is none.
    (name = "MODEL", fromEnvironment = "MODEL"),
    (name = "MODEL_URL", fromEnvironment = "MODEL_URL"),
    (name = "MODEL_KEY", fromEnvironment = "MODEL_KEY"),
    (name = "MODEL_TOKENS", fromEnvironment = "MODEL_TOKENS"),
    (name = "MODEL_SERVER", service = "model"),
    # For tests: pictures may come from this machine, where the network service lets them.
    (name = "LOCAL_SERVERS", fromEnvironment = "LOCAL_SERVERS"),
    # For tests and measurements: how long a day is and how soon a silent agent is away, in milliseconds, and whether one
    # conversation may go faster than people.
    (name = "DAY_MS", fromEnvironment = "DAY_MS"),
    (name = "SILENT_MS", fromEnvironment = "SILENT_MS"),
    (name = "PURGE_PART", fromEnvironment = "PURGE_PART"),
    (name = "UNPACED", fromEnvironment = "UNPACED"),
    (name = "Address", durableObjectNamespace = "Address"),
    (name = "Spare", durableObjectNamespace = "Spare"),
    (name = "Conversation", durableObjectNamespace = "Conversation"),
    (name = "Visitor", durableObjectNamespace = "Visitor"),
    (name = "Inbox", durableObjectNamespace = "Inbox"),
    (name = "Workspace", durableObjectNamespace = "Workspace"),
    (name = "Library", durableObjectNamespace = "Library"),
  ],
  # The key names the class's folder of stored objects for ever, so it never changes, whatever the class is called.
  durableObjectNamespaces = [
    (className = "Address", uniqueKey = "address", enableSql = true),
    (className = "Spare", uniqueKey = "spare", enableSql = true),
    (className = "Conversation", uniqueKey = "conversation", enableSql = true),
    (className = "Visitor", uniqueKey = "visitor", enableSql = true),
    (className = "Inbox", uniqueKey = "inbox", enableSql = true),
    (className = "Workspace", uniqueKey = "workspace", enableSql = true),
    (className = "Library", uniqueKey = "library", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "objects"),
);
