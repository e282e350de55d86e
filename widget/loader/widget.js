// One launcher with its panel, from `boot` to `shutdown`.

import { make, ofPage } from "./dom.js";
import { createFrame } from "./frame.js";
import { createLauncher } from "./launcher.js";
import { createMemory } from "./memory.js";
import { pageNow, watchPage } from "./page.js";
import { paint, styleSheet } from "./style.js";
import { languageOf } from "./tag.js";
import { watchRoom } from "./room.js";
import { wordsFor } from "./words.js";

// On a phone the panel covers the page: who has followed a link there wants to see the page.
const PHONE = 480;

/** Draws the launcher in the body. `emit(name, detail)` tells the host page. */
export const createWidget = (settings, emit) => {
  const ended = new AbortController();
  const { signal } = ended;
  const memory = createMemory(settings.workspace);
  const host = make("div");
  const root = host.attachShadow({ mode: "open" });
  // What stands in the panel's place until it is there, and says why it is not.
  const wait = make("div", { className: "wait", role: "status" });
  // A landmark, so that a screen reader finds the launcher on a page that has all its content in landmarks.
  const region = make("div", { role: "region" }, wait);

  let language, words, lastPage, article, timer;
  let open = false;
  let quiet = false;
  let ready = false;
  let peek = false;
  // A frame that has not spoken after ten seconds is tried again, and has twice the time then: the network may be slow.
  let patience = 1e4;

  const load = () => {
    const query = new URLSearchParams({ workspace: settings.workspace, host: location.origin, locale: language });
    if (frame.load("/panel?" + query, words[1])) timer = setTimeout(again, patience);
  };

  const notReady = () => {
    clearTimeout(timer);
    ready = false;
    draw();
  };

  /** The frame has not come: says so, and tries again as long as somebody wants it. */
  const again = () => {
    notReady();
    patience *= 2;
    frame.drop();
    wait.textContent = words[open ? 3 : 1];
    if (open) load();
  };

  const tell = (kind, more) => ready && frame.post(kind, more);

  const sendPage = () => {
    // A host that replaces its whole body takes the launcher with it: put it back. The frame in it starts anew.
    if (!host.isConnected) {
      ofPage("body").append(host);
      notReady();
    }
    const kept = memory.device();
    const page = { ...pageNow(language), identity: settings.identity, forget: kept > 0 ? "" : kept };
    const key = ready && JSON.stringify(page);
    if (key !== lastPage) tell("page", page);
    lastPage = key;
  };

  const sendArticle = () => {
    if (!ready || !article) return;
    tell("open-article", { id: article });
    article = "";
  };

  const draw = () => {
    region.className = [ready && "ready", open ? "open" : peek && "peek", settings.position === "left" && "left"].join(" ");
    launcher.button.ariaExpanded = open;
    frame.expand(ready && (open || peek));
  };

  /** Says that the panel is on the screen, and takes the keyboard there if the visitor wanted that. */
  const enter = () => {
    if (!quiet) frame.focus();
    tell("shown", { quiet });
  };

  const turn = (next) => {
    if (next === open) return;
    // Where the visitor is in the host's own page, closing must not pull the focus away.
    const inside = root.activeElement;
    open = next;
    memory.tab(open && 1);
    draw();
    if (open) enter();
    else {
      if (inside) launcher.button.focus();
      tell("hidden");
    }
    emit(open ? "show" : "hide");
  };

  const show = () => {
    load();
    sendPage();
    turn(true);
  };
  const hide = () => turn((quiet = false));
  const toggle = () => (open ? hide() : show());

  /** The panel forgets its place, or all of the visitor, now or when it is there next: see `forget` in the panel. */
  const forget = (what) => {
    // Nobody is signed in any more.
    settings.identity = peek = null;
    hide();
    draw();
    launcher.count(0);
    memory.device(what);
    sendPage();
  };

  const heard = {
    __proto__: null,
    ready() {
      clearTimeout(timer);
      ready = true;
      lastPage = "";
      sendPage();
      draw();
      if (open) enter();
      sendArticle();
      emit("ready");
    },
    close: hide,
    open: show,
    unread(said) {
      peek = said.peek;
      draw();
      launcher.count(said.count);
      if ("waits" in said) memory.device(said.waits && 1);
      emit("unread", { count: said.count });
    },
    forgotten: () => memory.device(0),
    error: ({ code }) => emit("error", { code }),
  };

  const frame = createFrame(settings.edge, region, signal, (kind, data) => heard[kind]?.(data));
  const launcher = createLauncher(toggle, load);

  const update = () => {
    language = languageOf(settings);
    words = wordsFor(language);
    region.lang = words[0];
    region.ariaLabel = wait.textContent = words[1];
    paint(host, settings.accent);
    launcher.speak(words);
    draw();
    sendPage();
  };

  root.adoptedStyleSheets = [styleSheet()];
  root.append(region);
  region.append(launcher.button);
  root.addEventListener("keydown", (event) => {
    // A key that belongs to a composition has this code.
    if (event.key === "Escape" && event.keyCode !== 229) hide();
  });
  update();
  watchPage(signal, sendPage);
  watchRoom(signal, host.style);
  addEventListener("online", () => ready || again(), { __proto__: null, signal });

  if (memory.tab() && innerWidth >= PHONE) {
    // The page was loaded, and nobody has asked for the keyboard to leave it.
    quiet = true;
    show();
  } else if (memory.device() > 0) {
    // A visitor who waits for a person has used the panel already, and hears of the reply on every page.
    setTimeout(load, 1e3);
  }

  return {
    show,
    hide,
    toggle,
    update,
    forget,
    showArticle(id) {
      article = String(id);
      show();
      sendArticle();
    },
    end() {
      forget(settings.identity ? "all" : "view");
      ended.abort();
      clearTimeout(timer);
      // The frame hears of it before it is gone.
      host.style.display = "none";
      setTimeout(() => host.remove(), 1e3);
    },
  };
};
