import { onMounted, onUnmounted, toValue, watch } from "vue";
import api, { load, unload } from "./index.js";

/** Has the launcher on the page while the component is; what changes in the options, a ref or a getter of them, is taken over. */
export const useBeforehand = (options) => {
  onMounted(() => load(toValue(options)));
  onUnmounted(unload);
  watch(
    () => ({ ...toValue(options) }),
    ({ nonce, workspace, edge, ...rest }) => api.update(rest),
  );
  return api;
};
