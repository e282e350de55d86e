// `POST /CLASS/ID` with `{statement, rows}` runs the statement once for each row of values and answers what the last run gave.
class Stored {
  constructor(state) {
    this.state = state;
  }

  async fetch(request) {
    const { statement, rows } = await request.json();
    const { storage } = this.state;
    const found = storage.transactionSync(() => rows.map((row) => [...storage.sql.exec(statement, ...row).raw()]).pop());
    await storage.sync();
    return Response.json(found ?? []);
  }
}

export class Inbox extends Stored {}
export class Conversation extends Stored {}

export default {
  async fetch(request, env) {
    const [, name, id] = new URL(request.url).pathname.split("/");
    if (!name) return new Response("ready");
    const objects = env[name];
    return objects.get(objects.idFromString(id)).fetch(request);
  },
};
