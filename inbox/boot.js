// The page's only script: starts the WASM whose address the page names.
import init from "wasm-bindgen-glue";

init({ module_or_path: document.getElementById("wasm").href });
