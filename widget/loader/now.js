// What is so at the moment, for both parts of the loader.
//
// A name that ends with an underscore is one that the build makes shorter, in every part the same.

export const now = {
  // Nothing is inherited: a page can put what it likes on the prototype of all objects.
  __proto__: null,
  open_: false,
  // Calls that wait, and whether all others wait behind them: first for the page.
  waiting_: [],
  busy_: 1,
  // And, once there is something: `edge_`, the origin of the panel while there is a widget; `frame_`, and `ready_` when it has spoken, or `late_`
  // when it has not; `quiet_` for a panel that is open because it was on the page before; `language_`, and `words_` in it; `published_`, how
  // the owner wants it to look; `commands_`, `run_` and `take_`, what a page calls; `bring_`, which runs another part; `heard_`, what the panel
  // says; what the second part adds: `look_` for the panel and `drawn_`; `tracked_`, which hears what a visitor has done; and `hush_`, which
  // ends the messages that are shown by themselves.
};
