// Starts the panel: the page names the program, and the browser has it on the way already.
import init from "wasm-bindgen-glue";
import { shared } from "wasm-link";

if (self.WebAssembly) {
  const { href, dataset } = document.getElementById("wasm");
  const first = init({ module_or_path: href });
  const style = () => new Promise((onload, onerror) => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: dataset.css, onload, onerror }));
  });
  // The program asks for its second module by this name (`src/io/second.rs`).
  self.more = async () => {
    const code = fetch(dataset.second);
    await Promise.all([style(), import(dataset.script)]);
    return WebAssembly.instantiateStreaming(code, shared(await first));
  };
}
// Nothing here runs without it. Every origin may hear that: it is nothing that the page around does not know.
else parent.postMessage({ beforehand: 1, kind: "refused", say: "this browser has WebAssembly switched off, which the panel needs" }, "*");
