import api, { load, unload } from "./index.js";

/** An action: `<svelte:body use:beforehand={{ workspace, edge }} />`. Changed options are taken over. */
export const beforehand = (node, options) => {
  load(options);
  return {
    update: ({ nonce, workspace, edge, ...rest }) => api.update(rest),
    destroy: unload,
  };
};

export default api;
