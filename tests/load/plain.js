// A chat in one Durable Object, as anybody would write it first: what ours is measured beside. It stores every message and
// sends it to everybody; it knows no ids that come twice, no assistant, no lists, no limits.
import { DurableObject } from "cloudflare:workers";

export default {
  fetch(request, env) {
    const room = env.Chat.idFromName(new URL(request.url).pathname);
    return env.Chat.get(room).fetch(request);
  },
};

export class Chat extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env);
    this.sql = ctx.storage.sql;
    this.sql.exec(
      "CREATE TABLE IF NOT EXISTS messages (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL)",
    );
  }

  fetch(request) {
    if (request.headers.get("upgrade") !== "websocket") return new Response("here", { status: 200 });
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  webSocketMessage(socket, message) {
    const { id, text } = JSON.parse(message);
    const at = Date.now();
    const { seq } = this.sql
      .exec("INSERT INTO messages (id, at, text) VALUES (?, ?, ?) RETURNING seq", id, at, text)
      .one();
    const frame = JSON.stringify({ said: { seq, id, at, text } });
    for (const other of this.ctx.getWebSockets()) other.send(frame);
    socket.send(JSON.stringify({ accepted: { id } }));
  }

  webSocketClose(socket) {
    socket.close();
  }
}
