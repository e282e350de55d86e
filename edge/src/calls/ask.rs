//! How an object is asked: with one question as JSON, which it answers with a value or an `ApiError`. Only the worker and other
//! objects can reach it; what a caller claims to be is still checked by the object that holds the answer.

use super::caller::{CALLER_HEADER, Caller};
use super::reply::Outcome;
use crate::failure::Failure;
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use std::marker::PhantomData;
use worker::{Headers, Method, Request, RequestInit, Response, Stub};

/// Objects have no address; a request needs one all the same.
const OBJECT_URL: &str = "https://object.invalid/";

/// A class of objects.
pub(crate) trait Class {
    /// The class, as the deployment binds it.
    const NAME: &'static str;
    /// All that its objects can be asked.
    type Asked: DeserializeOwned + Named;
}

/// Something that has a name for the log.
pub(crate) trait Named {
    fn name(&self) -> &'static str;
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

    /// Asks the object. `Refused` is its answer as well; `Broken` says that there is none.
    pub(crate) async fn ask<Q: Question<Of = C>>(&self, question: Q) -> Result<Q::Answer, Failure> {
        let body = serde_json::to_string(&Envelope(question))?;
        match serde_json::from_slice(&send(&self.stub, body).await?)? {
            Outcome::Done(answer) => Ok(answer),
            Outcome::Refused(error) => Err(Failure::Refused(error)),
        }
    }

    /// Hands a WebSocket upgrade to the object, with what the worker has made sure of about the caller.
    pub(crate) async fn connect(&self, caller: &Caller) -> Result<Response, Failure> {
        let headers = Headers::new();
        headers.set("upgrade", "websocket")?;
        headers.set(CALLER_HEADER, &serde_json::to_string(caller)?)?;
        let mut init = RequestInit::new();
        init.with_headers(headers);
        Ok(self.stub.fetch_with_request(Request::new_with_init(OBJECT_URL, &init)?).await?)
    }

    /// Fetches bytes that the object serves as they are.
    pub(crate) async fn fetch_raw(&self, path: &str) -> Result<Response, Failure> {
        Ok(self.stub.fetch_with_str(&[OBJECT_URL, path].concat()).await?)
    }
}

/// A question as it travels: `{"Name":[{"field":1}]}`, the shape of a variant of `Asked`.
struct Envelope<Q>(Q);

impl<Q: Question> Serialize for Envelope<Q> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_variant(Q::Of::NAME, 0, Q::NAME, &[&self.0])
    }
}

async fn send(stub: &Stub, body: String) -> Result<Vec<u8>, Failure> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(body.into()));
    let request = Request::new_with_init(OBJECT_URL, &init)?;
    Ok(stub.fetch_with_request(request).await?.bytes().await?)
}
