// Starts the panel: the page names the program, and the browser has it on the way already.
import init from "wasm-bindgen-glue";

if (self.WebAssembly) init({ module_or_path: document.getElementById("wasm").href });
// Nothing here runs without it. Every origin may hear that: it is nothing that the page around does not know.
else parent.postMessage({ beforehand: 1, kind: "refused", say: "this browser has WebAssembly switched off, which the panel needs" }, "*");
