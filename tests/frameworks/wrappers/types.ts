// What a program in TypeScript writes, and what its compiler is to refuse.

import api, { load, type Options } from "beforehand-widget";
import { Beforehand, useBeforehand } from "beforehand-widget/react";
import { beforehand } from "beforehand-widget/svelte";
import { useBeforehand as useInVue } from "beforehand-widget/vue";

const options: Options = { workspace: "demo", edge: "https://help.example", accent: "#0a7d4b", theme: "page", launcher: "#help", radius: 8 };
const widget = load(options);
widget.compose("My lamp hums");
widget.track("ordered", { total: 89, gift: false });
const off: () => void = widget.on("unread", (event) => {
  const count: number = event.count + event.detail.count;
  console.log(count);
});
off();
api.once("identity-expired", () => api.identify("a.b.c"));
const unread: number = api.state().unread;
useBeforehand(options).toggle();
Beforehand(options);
useInVue(() => options).hide();
beforehand(document.body, options).destroy();

window.Beforehand?.("update", { position: "left" });
window.Beforehand?.("article", "track-a-parcel");
const late = window.Beforehand?.("on", "rated", (event) => console.log(event.detail.score));
late?.();
addEventListener("beforehand:unread", (event) => console.log(event.detail.count, unread));

// @ts-expect-error There is no such command.
window.Beforehand?.("sho");
// @ts-expect-error There is no such setting.
api.update({ colour: "red" });
// @ts-expect-error There is no such place.
api.update({ position: "top" });
// @ts-expect-error There is no such event.
api.on("opened", () => {});
// @ts-expect-error The workspace has to be there.
load({ edge: "https://help.example" });
// @ts-expect-error An attribute is no list.
api.attributes({ basket: [1] });
