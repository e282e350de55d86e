//! How an object is asked: with the name of a question and the question as JSON, in one body. It answers with a value or an
//! `ApiError`. Only the worker and other objects can reach it; what a caller claims to be is still checked by the object that holds
//! the answer.

use super::caller::{CALLER_HEADER, Caller};
use super::reply::Outcome;
use crate::during::Task;
use crate::failure::Failure;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::marker::PhantomData;
use std::panic::Location;
use worker::{Headers, Method, Request, RequestInit, Response, Stub};

/// Objects have no address; a request needs one all the same.
const OBJECT_URL: &str = "https://object.invalid/";

/// A class of objects.
pub(crate) trait Class {
    /// The class, as the deployment binds it.
    const NAME: &'static str;
    /// All that its objects can be asked.
    type Asked;

    /// The question of this name, read from its JSON, and its name for the log.
    fn asked(name: &str, question: &str) -> Result<(&'static str, Self::Asked), Failure>;
}

/// A question to the objects of one class.
pub(crate) trait Question: Serialize {
    /// Whom it is for.
    type Of: Class;
    type Answer: Serialize + DeserializeOwned;
    const NAME: &'static str;
}

/// A question that is asked again, or kept, can be lent.
impl<Q: Question> Question for &Q {
    type Of = Q::Of;
    type Answer = Q::Answer;
    const NAME: &'static str = Q::NAME;
}

/// An object of a class, seen from outside.
pub(crate) struct Remote<C> {
    stub: Stub,
    class: PhantomData<C>,
}

impl<C: Class> Remote<C> {
    pub(super) fn new(stub: Stub) -> Self {
        Self { stub, class: PhantomData }
    }

    /// Asks the object. `Refused` is its answer as well. `Broken` says that there is none, and at which line it was asked.
    #[track_caller]
    pub(crate) fn ask<Q: Question<Of = C>>(&self, question: Q) -> impl Future<Output = Result<Q::Answer, Failure>> {
        let (place, call) = (Location::caller(), Task { object: C::NAME, question: Q::NAME });
        answer(&self.stub, write(&question), call, place)
    }

    /// Hands a WebSocket upgrade to the object, with what the worker has made sure of about the caller.
    #[track_caller]
    pub(crate) fn connect(&self, caller: &Caller) -> impl Future<Output = Result<Response, Failure>> {
        call::<C>("open_socket", async {
            let headers = Headers::new();
            headers.set("upgrade", "websocket")?;
            headers.set(CALLER_HEADER, &serde_json::to_string(caller)?)?;
            let mut init = RequestInit::new();
            init.with_headers(headers);
            Ok(self.stub.fetch_with_request(Request::new_with_init(OBJECT_URL, &init)?).await?)
        })
    }

    /// Fetches bytes that the object serves as they are.
    #[track_caller]
    pub(crate) fn fetch_raw(&self, path: &str) -> impl Future<Output = Result<Response, Failure>> {
        call::<C>("serve", async { Ok(self.stub.fetch_with_str(&[OBJECT_URL, path].concat()).await?) })
    }
}

/// One function for all questions that have answers of one type: with one for each, the worker is larger by a hundredth.
async fn answer<T: DeserializeOwned>(
    stub: &Stub,
    body: serde_json::Result<String>,
    call: Task,
    place: &'static Location<'static>,
) -> Result<T, Failure> {
    let read = |bytes: Vec<u8>| Ok(serde_json::from_str(str::from_utf8(&bytes)?)?);
    match send(stub, body).await.and_then(read) {
        Ok(Outcome::Done(answer)) => Ok(answer),
        Ok(Outcome::Refused(error)) => Err(Failure::Refused(error)),
        Err(failure) => Err(failure.of_call(call, place)),
    }
}

/// A question as it travels: its name and its JSON, on lines of their own.
fn write<Q: Question>(question: &Q) -> serde_json::Result<String> {
    Ok([Q::NAME, "\n", &serde_json::to_string(question)?].concat())
}

/// What comes to an object: the name of a question and its JSON.
pub(crate) fn read(body: &[u8]) -> Result<(&str, &str), Failure> {
    str::from_utf8(body)?.split_once('\n').ok_or_else(|| Failure::broken("this is no question"))
}

async fn send(stub: &Stub, body: serde_json::Result<String>) -> Result<Vec<u8>, Failure> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(body?.into()));
    let request = Request::new_with_init(OBJECT_URL, &init)?;
    Ok(stub.fetch_with_request(request).await?.bytes().await?)
}

/// Names the call, and the line that makes it, in what breaks.
#[track_caller]
fn call<C: Class>(
    question: &'static str,
    work: impl Future<Output = Result<Response, Failure>>,
) -> impl Future<Output = Result<Response, Failure>> {
    let (place, call) = (Location::caller(), Task { object: C::NAME, question });
    async move { work.await.map_err(|failure| failure.of_call(call, place)) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::calls::Workspace;
    use crate::calls::library::{self, Place};
    use crate::calls::workspace::{self, Exists};
    use shared::ids::WorkspaceId;
    use shared::readership::Reader;

    fn arrived<Q: Question>(question: Q) -> (&'static str, <Q::Of as Class>::Asked) {
        let body = write(&question).unwrap();
        let (name, question) = read(body.as_bytes()).unwrap();
        Q::Of::asked(name, question).unwrap()
    }

    #[test]
    fn a_question_arrives_as_it_was_asked() {
        let locale = "de\n\"AT\"";
        let workspace = WorkspaceId::parse("acme").unwrap();
        let (name, asked) = arrived(&Place { workspace, locale: String::from(locale), reader: Reader::everybody() });
        assert!(
            name == "Place" && matches!(asked, library::Asked::Place(Place { locale: came, .. }, _) if came == locale)
        );
        let (name, asked) = arrived(Exists);
        assert!(name == "Exists" && matches!(asked, workspace::Asked::Exists(Exists, _)));
    }

    #[test]
    fn what_is_no_question_is_broken_and_not_answered() {
        for body in [
            "",
            "HandOver",
            "HandOver\n",
            "HandOver\nnull",
            "HandOver\n{}",
            "handOver\n{\"part\":1}",
            "Seek\nnull",
            "\u{0}\n\n",
        ] {
            let asked = read(body.as_bytes()).and_then(|(name, question)| Workspace::asked(name, question));
            assert!(matches!(asked.map(|(name, _)| name), Err(Failure::Broken(_))), "{body:?}");
        }
        assert!(matches!(read(b"HandOver\n\xff"), Err(Failure::Broken(_))));
    }
}
