//! A browser, as far as the doors see it: its page has one origin, and it has reached a port by one host.

use crate::edge::SETUP_TOKEN;
use crate::http::Request;
use crate::people::{PASSWORD, conversation, id, say, secret};
use crate::{Client, Reply, Socket};
use serde_json::json;
use shared::protocol::*;

/// A browser on a page of `origin` that has reached the port by `host`.
pub struct Caller<'a> {
    pub port: u16,
    pub host: &'a str,
    pub origin: &'a str,
}

impl Caller<'_> {
    pub fn request(&self, method: &str, path: &str) -> Request {
        let client = Client::new(&format!("http://127.0.0.1:{}", self.port));
        client.request(method, path).header("Host", self.host).header("Origin", self.origin)
    }

    /// The first message of this visitor.
    pub fn first_message(&self, visitor: u8) -> Request {
        let command = VisitorCommand { id: id(1), action: say("Hello") };
        let path = format!("/api/w/demo/conversations/{}/commands", conversation(visitor));
        self.request("POST", &path).bearer(secret(visitor).as_str()).json(&CommandRequest { have: 0, command })
    }

    /// The visitor's socket, or the status with which it is refused.
    pub fn socket(&self, visitor: u8) -> Result<Socket, u16> {
        let path = format!("/api/w/demo/conversations/{}/live", conversation(visitor));
        Socket::try_open(self.port, &path, &[("Host", self.host), ("Origin", self.origin)])
    }

    /// Uses the set-up link.
    pub fn set_up(&self) -> Reply {
        let setup = Setup { token: SETUP_TOKEN.into(), name: "Ada".into(), password: PASSWORD.into() };
        self.request("POST", "/api/w/demo/setup").json(&setup).send()
    }

    pub fn sign_in(&self) -> Reply {
        self.request("POST", "/api/w/demo/session").json(&json!({ "name": "Ada", "password": PASSWORD })).send()
    }

    /// Everything that a site needs works: a message, both sockets, the first agent, signing in and out, and the cookie is `Secure`
    /// where the browser's own connection is encrypted.
    pub fn expect_everything(&self) {
        self.first_message(1).send().ok::<Events>();
        let mut socket = self.socket(1).unwrap();
        socket.send(&VisitorFrame::Hello { token: secret(1), have: 0 });
        assert!(matches!(socket.receive(), ConversationFrame::Events(_)));
        let is_secure = self.origin.starts_with("https:");
        for admitted in [self.set_up(), self.sign_in()] {
            assert_eq!(admitted.ok::<Me>().name, "Ada");
            let cookie = admitted.header("set-cookie").to_owned();
            assert_eq!(cookie.contains("; Secure"), is_secure, "{cookie}");
            let (cookie, _) = cookie.split_once(';').unwrap();
            let path = "/api/w/demo/inbox/live";
            let headers = [("Host", self.host), ("Origin", self.origin), ("Cookie", cookie)];
            Socket::open(self.port, path, &headers).receive_text();
            let out = self.request("DELETE", "/api/w/demo/session").header("Cookie", cookie).send();
            assert_eq!(out.status, 204, "{}", out.text());
            assert_eq!(out.header("set-cookie").contains("; Secure"), is_secure);
        }
    }

    /// Nothing of it works, and no cookie is set; what the refusal says.
    pub fn expect_refused(&self) -> String {
        let refused = self.first_message(9).send();
        assert_eq!(refused.refusal(), (403, ErrorCode::ForeignOrigin));
        assert_eq!(self.socket(9).err(), Some(403));
        for reply in [self.set_up(), self.sign_in()] {
            assert_eq!(reply.refusal(), (403, ErrorCode::ForeignOrigin));
            assert_eq!(reply.header("set-cookie"), "");
        }
        serde_json::from_str::<ErrorBody>(refused.text()).unwrap().error.message
    }
}
