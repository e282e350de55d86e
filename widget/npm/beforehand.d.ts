// The types of `window.Beforehand`, for pages with the script tag and for the package alike.

/** What can be set on the tag, in `boot` and in `update`. Null takes a setting back. */
export interface Settings {
  workspace?: string;
  edge?: string;
  /** The language, if not that of the page's `<html lang>`. */
  locale?: string | null;
  /** A colour of CSS. */
  accent?: string | null;
  position?: "left" | "right" | null;
  /** Pixels sideways and up: "20 84". */
  offset?: string | null;
  theme?: "light" | "dark" | "auto" | "page" | null;
  /** Pixels, or a length of CSS. */
  radius?: number | string | null;
  font?: string | null;
  /** The address of a picture for the launcher. */
  icon?: string | null;
  /** "hidden", or a selector of the site's own buttons. */
  launcher?: "hidden" | (string & {}) | null;
  /** A JWT that the site's server has signed. */
  identity?: string | null;
  /** The widget whose calls the page has. */
  shim?: "intercom" | "chatwoot" | "zendesk" | "crisp";
  /** Lets published messages be shown by themselves. */
  messages?: "";
}

export interface State {
  booted: boolean;
  open: boolean;
  ready: boolean;
  unread: number;
  workspace: string;
  edge: string;
  locale: string;
  version: string;
}

export type Value = string | number | boolean | null;

/** The details of each event; null where there are none. */
export interface Events {
  boot: null;
  shutdown: null;
  ready: null;
  open: null;
  close: null;
  /** As `open` was called before. */
  show: null;
  /** As `close` was called before. */
  hide: null;
  unread: { count: number };
  error: { code: string };
  "identity-expired": null;
  message: Record<string, unknown>;
  escalated: Record<string, unknown>;
  resolved: Record<string, unknown>;
  rated: Record<string, unknown>;
}

/** The details stand on the event itself as well. */
export type Heard<Name extends keyof Events> = CustomEvent<Events[Name]> & (Events[Name] extends null ? unknown : Events[Name]);
export type Listener<Name extends keyof Events> = (event: Heard<Name>) => void;

export interface Api {
  boot(settings?: Settings): void;
  update(settings: Settings): void;
  shutdown(): void;
  destroy(): void;
  reset(): void;
  show(): void;
  hide(): void;
  toggle(): void;
  compose(text?: string): void;
  article(id: string | number): void;
  conversation(id: string): void;
  search(text: string): void;
  identify(jwt: string): void;
  attributes(values: Record<string, Value>): void;
  track(name: string, data?: Record<string, Value>): void;
  state(): State;
  on<Name extends keyof Events>(name: Name, listener: Listener<Name>): () => void;
  once<Name extends keyof Events>(name: Name, listener: Listener<Name>): () => void;
  off<Name extends keyof Events>(name: Name, listener: Listener<Name>): void;
}

/** `Beforehand("show")`. Until the panel was wanted for the first time, `state` knows no more than whether it is open. */
export interface Call {
  <Name extends Exclude<keyof Api, "on" | "once" | "off" | "state">>(name: Name, ...given: Parameters<Api[Name]>): void;
  (name: "state"): Partial<State>;
  <Name extends keyof Events>(name: "on" | "once", event: Name, listener: Listener<Name>): () => void;
  <Name extends keyof Events>(name: "off", event: Name, listener: Listener<Name>): void;
  /** As `article` was called before. */
  (name: "showArticle", id: string | number): void;
}

declare global {
  interface Window {
    Beforehand?: Call;
  }
  interface WindowEventMap {
    "beforehand:boot": Heard<"boot">;
    "beforehand:shutdown": Heard<"shutdown">;
    "beforehand:ready": Heard<"ready">;
    "beforehand:open": Heard<"open">;
    "beforehand:close": Heard<"close">;
    "beforehand:show": Heard<"show">;
    "beforehand:hide": Heard<"hide">;
    "beforehand:unread": Heard<"unread">;
    "beforehand:error": Heard<"error">;
    "beforehand:identity-expired": Heard<"identity-expired">;
    "beforehand:message": Heard<"message">;
    "beforehand:escalated": Heard<"escalated">;
    "beforehand:resolved": Heard<"resolved">;
    "beforehand:rated": Heard<"rated">;
  }
}
