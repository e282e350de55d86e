import { Door } from "./door.js";
import { Mistake } from "./mistake.js";
import { stored } from "./secrets.js";
import { made } from "./texts.js";

/** Makes a further workspace in the running product. Its secrets are shown this once: the edge keeps digests of them. */
export async function workspace({ word: name, values }, env) {
  const kept = stored(values.data);
  const operator = env.OPERATOR_TOKEN || kept?.operator;
  if (!operator) throw new Mistake(`${values.data} has no secrets: is it the folder that is served?`);
  const door = new Door(values.listen, { ...kept?.proxy, ...env });
  const secrets = await door.make(name, operator, {});
  if (!secrets) throw new Mistake(`There is a workspace ${name} already. Its secrets were shown when it was made.`);
  process.stdout.write(made(door, name, secrets));
  return 0;
}
