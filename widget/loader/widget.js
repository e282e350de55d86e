// One launcher with its panel, from `boot` to `shutdown`.

import { make } from "./dom.js";
import { createFrame } from "./frame.js";
import { createLauncher } from "./launcher.js";
import { pageNow, watchPage } from "./page.js";
import { personOf } from "./person.js";
import { paint, styleSheet } from "./style.js";
import { languageOf } from "./tag.js";
import { watchRoom } from "./room.js";
import { wordsFor } from "./words.js";

// A preview is a glimpse, about four lines: what lies beyond is for the panel.
const LONGER = /^(.{110}).+/su;

/** Draws the launcher in the body. `emit(name, detail)` tells the host page. */
export const createWidget = (settings, emit) => {
  const ended = new AbortController();
  const host = make("div");
  const root = host.attachShadow({ mode: "open" });
  // A landmark, so that a screen reader finds the launcher on a page that has all its content in landmarks.
  const region = make("div", { role: "region" });

  let language, words, lastPage, article;
  let open = false;
  let ready = false;

  const load = () => {
    const query = new URLSearchParams({ workspace: settings.workspace, host: location.origin, locale: language });
    frame.load("/panel?" + query, words[1]);
  };

  const tell = (kind, more) => ready && frame.post(kind, more);

  const sendPage = () => {
    // A host that replaces its whole body takes the launcher with it: put it back. The frame in it starts anew.
    if (!host.isConnected) {
      document.body.append(host);
      ready = false;
    }
    const { identity } = settings;
    const page = { ...pageNow(language), identity, person: personOf(identity) };
    const key = ready && JSON.stringify(page);
    if (key !== lastPage) tell("page", page);
    lastPage = key;
  };

  const sendArticle = () => {
    if (!ready || !article) return;
    tell("open-article", { id: article });
    article = "";
  };

  const turn = (next) => {
    if (next === open) return;
    // Where the visitor is in the host's own page, closing must not pull the focus away.
    const inside = root.activeElement;
    open = next;
    launcher.expand(open);
    frame.expand(open);
    if (open) launcher.dismiss();
    else if (inside) launcher.focus();
    tell(open ? "shown" : "hidden");
    emit(open ? "show" : "hide");
  };

  const show = () => {
    load();
    sendPage();
    turn(true);
  };
  const hide = () => turn(false);
  const toggle = () => (open ? hide() : show());

  const heard = {
    __proto__: null,
    ready() {
      ready = true;
      lastPage = "";
      region.classList.add("ready");
      sendPage();
      if (open) tell("shown");
      sendArticle();
      emit("ready");
    },
    close: hide,
    unread({ count, preview }) {
      launcher.count(count);
      if (preview && !open) launcher.preview(preview.from, preview.text.replace(LONGER, "$1…"));
      else launcher.dismiss();
      emit("unread", { count });
    },
    navigate({ url }) {
      if (/^https?:\/\//i.test(url)) window.open(url, "_blank", "noopener");
    },
  };

  const { signal } = ended;
  const frame = createFrame(settings.edge, region, signal, (kind, data) => heard[kind]?.(data));
  const launcher = createLauncher(toggle, show, load);

  const update = () => {
    language = languageOf(settings);
    words = wordsFor(language);
    region.lang = words[0];
    region.ariaLabel = words[1];
    region.classList.toggle("left", settings.position === "left");
    paint(host, settings.accent);
    launcher.speak(words);
    sendPage();
  };

  root.adoptedStyleSheets = [styleSheet()];
  root.append(region);
  region.append(...launcher.parts);
  root.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  launcher.expand(open);
  update();
  watchPage(signal, sendPage);
  watchRoom(signal, host.style);

  return {
    show,
    hide,
    toggle,
    update,
    showArticle(id) {
      article = String(id);
      show();
      sendArticle();
    },
    end() {
      ended.abort();
      host.remove();
    },
  };
};
