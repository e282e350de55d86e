// What the first part hands over: what is so at the moment, the settings, how to tell the panel something, and the widget's element with
// all that is in it.

export let now, settings, tell, host, hear, root, region, wait, title, close, launcher, badge;

/** Takes what it is given. */
export const know = (...given) => {
  [now, settings, tell, host, hear] = given;
  root = host.shadowRoot;
  region = root.firstChild;
  [wait, launcher] = region.children;
  [title, close] = wait.children;
  badge = launcher.lastChild;
};

/** Takes note of what has changed, and draws it. */
export const update = () => now.commands_.update();
