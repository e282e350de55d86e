import { useEffect } from "react";
import api, { load, unload } from "./index.js";

/** Has the launcher on the page while the component is; what changes in the options is taken over. */
export const useBeforehand = (options) => {
  const { nonce, workspace, edge, ...rest } = options;
  useEffect(() => {
    load(options);
    return unload;
  }, [workspace, edge]);
  useEffect(() => {
    api.update(rest);
  }, [JSON.stringify(rest)]);
  return api;
};

/** The same as a component, which draws nothing of its own. */
export const Beforehand = (options) => {
  useBeforehand(options);
  return null;
};
