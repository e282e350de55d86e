// A page with the wrapper for Vue.

import { useBeforehand } from "beforehand-widget/vue";
import { createApp, h, ref } from "vue";

const options = ref({ workspace: "demo", edge: window.edge, accent: "rgb(1, 2, 3)" });
const is = ref(true);
window.set = (changes) => {
  is.value = Boolean(changes);
  if (changes) options.value = { ...options.value, ...changes };
};

const Widget = { setup: () => (useBeforehand(options), () => null) };
createApp({ setup: () => () => h("p", ["Lamps", is.value ? h(Widget) : null]) }).mount("main");
