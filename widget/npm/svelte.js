import api, { load, unload } from "./index.js";

/** An action: `<svelte:body use:beforehand={{ workspace, edge }} />`. What changes in the options is taken over. */
export const beforehand = (node, options) => {
  load(options);
  return {
    update: ({ nonce, workspace, edge, ...rest }) => api.update(rest),
    destroy: unload,
  };
};

export default api;
