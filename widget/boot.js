// Starts the panel: the page names the program, and the browser has it on the way already.
import init from "wasm-bindgen-glue";

init({ module_or_path: document.getElementById("wasm").href });
