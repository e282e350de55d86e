import { Door } from "./door.js";
import { Mistake } from "./mistake.js";
import { stored } from "./secrets.js";

/** Shows the set-up link of the workspace that `serve` has made. */
export async function link({ values }, env) {
  const secrets = stored(values.data);
  if (!secrets?.workspace) throw new Mistake(`${values.data} has no note of a workspace: is it the folder that is served?`);
  const door = new Door(values.listen, { ...secrets.proxy, ...env });
  if (!(await door.needsSetup(secrets.workspace))) {
    const inbox = `${door.origin}/inbox?workspace=${secrets.workspace}`;
    throw new Mistake(`The workspace ${secrets.workspace} has its first agent: sign in at ${inbox}. Who is in there invites others.`);
  }
  process.stdout.write(`${door.setupLink(secrets.workspace, secrets.setup)}\n`);
  return 0;
}
