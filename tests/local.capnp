# The product as it is, but for the network: its worker may fetch from servers of a test on this machine.
using Workerd = import "/workerd/workerd.capnp";
using Product = import "../edge/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "edge", worker = Product.edge),
    (name = "assets", disk = (path = "../dist/assets")),
    (name = "www", disk = (path = "../dist/www")),
    (name = "internet", network = (allow = ["local", "private", "public"], tlsOptions = (trustBrowserCas = true))),
    (name = "model", network = (allow = ["local", "private", "public"], tlsOptions = (trustBrowserCas = true))),
    (name = "objects", disk = (path = "data/objects", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "edge")],
);
