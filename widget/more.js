// What the panel's second module can have done by a script alone, under the names by which it asks for it (`src/io/page.rs`).

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
