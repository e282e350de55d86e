// Starts the panel: the page names the program, and the browser has it on the way already.
import init from "wasm-bindgen-glue";
import { shared } from "wasm-link";

if (self.WebAssembly) {
  const { href, dataset } = document.getElementById("wasm");
  const first = init({ module_or_path: href });
  const style = () => new Promise((onload, onerror) => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: dataset.css, onload, onerror }));
  });
  let tries = 0;
  // The program asks for its second module by this name (`src/io/second.rs`). A script that did not come once is never asked for again
  // under the same address.
  self.more = async () => {
    const [code] = await Promise.all([fetch(dataset.second), style(), import(`${dataset.script}?${tries++}`)]);
    return WebAssembly.instantiateStreaming(code, shared(await first));
  };
}
// Nothing here runs without it. Every origin may hear that: it is nothing that the page around does not know.
else parent.postMessage({ beforehand: 1, kind: "refused", say: "this browser has WebAssembly switched off, which the panel needs" }, "*");
