//! The shell of every object: it reads what comes, has the object answer, and writes the answer.
//!
//! workers-rs's own handlers panic where an object has none, and a panic resets every object of the isolate. So `durable!` writes
//! all of them, and what an object does not take is refused here. An object names the handlers that the platform is shown in
//! `#[durable_object(alarm)]`: without sockets, the others would be code that nothing calls.

use crate::calls::Caller;
use crate::calls::ask::{self, Class};
use crate::calls::caller::CALLER_HEADER;
use crate::calls::reply::{Answer, Outcome};
use crate::during::{self, Task, during};
use crate::failure::Failure;
use shared::protocol::{ErrorCode, MAX_CONTENT};
use worker::{Env, Method, Request, Response, State, WebSocket, WebSocketIncomingMessage};

/// The largest question: publishing, plus some room for the envelope.
const MAX_QUESTION: usize = MAX_CONTENT + 64 * 1024;

/// What makes one class of objects differ from another.
pub(super) trait Object {
    /// What it can be asked.
    type Class: Class;

    /// Opens the object with its storage, as the platform wakes it.
    fn open(state: State, env: Env) -> Self;

    /// Answers a question.
    async fn answer(&self, asked: <Self::Class as Class>::Asked) -> Answer;

    /// Does what the alarm was set for.
    async fn ring(&self) -> Result<(), Failure> {
        Ok(())
    }

    /// Accepts a socket.
    async fn open_socket(&self, _caller: Caller) -> Result<Response, Failure> {
        Err(ErrorCode::UnknownDoor.into())
    }

    /// Serves bytes as they are.
    async fn serve(&self, _path: &str) -> Result<Response, Failure> {
        Err(ErrorCode::UnknownDoor.into())
    }

    /// Takes a frame. There is nothing to say to most objects but the ping, which the runtime answers.
    async fn take_frame(&self, _socket: &WebSocket, _message: WebSocketIncomingMessage) {}

    /// A socket has gone.
    async fn socket_gone(&self, _socket: &WebSocket) {}
}

/// Makes an `Object` one of the platform's.
macro_rules! durable {
    ($object:ident) => {
        impl worker::DurableObject for $object {
            fn new(state: worker::State, env: worker::Env) -> Self {
                crate::objects::shell::Object::open(state, env)
            }

            async fn fetch(&self, request: worker::Request) -> worker::Result<worker::Response> {
                crate::objects::shell::fetch(self, request).await
            }

            async fn alarm(&self) -> worker::Result<worker::Response> {
                crate::objects::shell::alarm(self).await
            }

            async fn websocket_message(
                &self,
                socket: worker::WebSocket,
                message: worker::WebSocketIncomingMessage,
            ) -> worker::Result<()> {
                crate::objects::shell::take_frame(self, &socket, message).await;
                Ok(())
            }

            async fn websocket_close(
                &self,
                socket: worker::WebSocket,
                _code: usize,
                _reason: String,
                _was_clean: bool,
            ) -> worker::Result<()> {
                // Answering a close that the peer has begun; a socket that is gone already needs none.
                let _gone = socket.close::<&str>(None, None);
                crate::objects::shell::socket_gone(self, &socket).await;
                Ok(())
            }

            async fn websocket_error(&self, socket: worker::WebSocket, _error: worker::Error) -> worker::Result<()> {
                crate::objects::shell::socket_gone(self, &socket).await;
                Ok(())
            }

            async fn connect(&self, _socket: worker::Socket) -> worker::Result<()> {
                Err(worker::Error::RustError(String::from("no object takes TCP connections")))
            }
        }
    };
}

pub(super) use durable;

/// Answers what the worker or another object sends.
pub(super) async fn fetch<O: Object>(object: &O, request: Request) -> worker::Result<Response> {
    let work = async {
        match read(request).await {
            Ok(Incoming::Question(body)) => write(answer(object, &body).await),
            Ok(Incoming::Socket(caller)) => {
                during::rename("open_socket");
                object.open_socket(caller).await.or_else(Failure::into_response)
            }
            Ok(Incoming::Bytes(path)) => {
                during::rename("serve");
                object.serve(&path).await.or_else(Failure::into_response)
            }
            Err(failure) => write(Err(failure)),
        }
    };
    during(task::<O>("read"), work).await
}

/// Rings. A failure is logged and not thrown: the platform tries again a few times only, so each object sets its alarm again
/// itself.
pub(super) async fn alarm<O: Object>(object: &O) -> worker::Result<Response> {
    let ring = async {
        if let Err(failure) = object.ring().await {
            failure.log();
        }
    };
    during(task::<O>("alarm"), ring).await;
    Response::empty()
}

/// Takes a frame.
pub(super) async fn take_frame<O: Object>(object: &O, socket: &WebSocket, message: WebSocketIncomingMessage) {
    during(task::<O>("take_frame"), object.take_frame(socket, message)).await;
}

/// A socket has gone.
pub(super) async fn socket_gone<O: Object>(object: &O, socket: &WebSocket) {
    during(task::<O>("socket_gone"), object.socket_gone(socket)).await;
}

async fn answer<O: Object>(object: &O, body: &[u8]) -> Result<String, Failure> {
    let (name, question) = ask::read(body)?;
    let (name, asked) = O::Class::asked(name, question)?;
    during::rename(name);
    object.answer(asked).await.into_result()
}

fn task<O: Object>(question: &'static str) -> Task {
    Task { object: O::Class::NAME, question }
}

/// What came to an object.
enum Incoming {
    Question(Vec<u8>),
    Socket(Caller),
    Bytes(String),
}

async fn read(mut request: Request) -> Result<Incoming, Failure> {
    if let Some(caller) = request.headers().get(CALLER_HEADER)? {
        return Ok(Incoming::Socket(serde_json::from_str(&caller)?));
    }
    if request.method() == Method::Get {
        return Ok(Incoming::Bytes(request.path()));
    }
    let body = request.bytes().await?;
    if body.len() > MAX_QUESTION {
        // What was written out again, with its defaults, may be larger than what came through the door.
        return Err(ErrorCode::BodyTooLarge.into());
    }
    Ok(Incoming::Question(body))
}

fn write(answer: Result<String, Failure>) -> worker::Result<Response> {
    match answer {
        Ok(text) => Response::ok(text),
        Err(failure) => Response::from_json(&Outcome::<()>::Refused(failure.into_api_error())),
    }
}
