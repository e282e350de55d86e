// `window.Beforehand(name, ...)`: the names that a host page can call.

import { emit, events } from "./events.js";
import { createWidget } from "./widget.js";

/** Gives a function that runs one call, `[name, ...arguments]`. A call never throws into the host's code. */
export const createCommands = (settings) => {
  let widget;

  const update = (changes) => {
    Object.assign(settings, changes);
    widget?.update();
  };

  const commands = {
    // Properties that every object inherits are no commands.
    __proto__: null,
    ...events,
    update,
    boot(changes) {
      update(changes);
      if (widget || !settings.workspace) return;
      widget = createWidget(settings, emit);
      emit("boot");
    },
    shutdown() {
      if (!widget) return;
      widget.end();
      widget = null;
      emit("shutdown");
    },
    show: () => widget?.show(),
    hide: () => widget?.hide(),
    reset: () => widget?.forget("all"),
    toggle: () => widget?.toggle(),
    showArticle: (id) => widget?.showArticle(id),
  };

  return ([name, ...given]) => {
    try {
      return commands[name]?.(...given);
    } catch (error) {
      reportError(error);
    }
  };
};
