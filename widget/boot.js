// Starts the panel: the page names the program, and the browser has it on the way already. What the program can have done by a script
// alone stands here under the names by which it asks for it (`src/io/second.rs`, `src/io/page.rs`).
import init from "wasm-bindgen-glue";
import { shared } from "wasm-link";

if (self.WebAssembly) {
  const { href, dataset } = document.getElementById("wasm");
  const first = init({ module_or_path: href });
  const style = () => new Promise((onload, onerror) => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: dataset.style, onload, onerror }));
  });
  self.more = async () => {
    const code = fetch(dataset.second);
    await style();
    return WebAssembly.instantiateStreaming(code, shared(await first));
  };
}
// Nothing here runs without it. Every origin may hear that: it is nothing that the page around does not know.
else parent.postMessage({ beforehand: 1, kind: "refused", say: "this browser has WebAssembly switched off, which the panel needs" }, "*");

let audio;

/** Two short, quiet tones. */
self.beep = () => {
  audio ??= new AudioContext();
  for (const [tone, at] of [[660, 0], [880, 0.12]]) {
    const begins = audio.currentTime + at;
    const [source, volume] = [new OscillatorNode(audio, { frequency: tone }), new GainNode(audio, { gain: 0 })];
    source.connect(volume).connect(audio.destination);
    volume.gain.linearRampToValueAtTime(0.06, begins + 0.02);
    volume.gain.linearRampToValueAtTime(0, begins + 0.18);
    source.start(begins);
    source.stop(begins + 0.2);
  }
};

/** Gives the visitor a text as a file. */
self.save = (download, text) => {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  Object.assign(document.createElement("a"), { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1e4);
};

/** Puts the text of an element into the clipboard: a frame may do it by this old command, without asking the page around. */
self.copy = (element) => {
  getSelection().selectAllChildren(element);
  const is_done = document.execCommand("copy");
  getSelection().removeAllRanges();
  return is_done;
};
