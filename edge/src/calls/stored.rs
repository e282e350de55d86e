//! Whether an object has ever been woken. To wake one makes its database.

use super::ask::Class;
use super::{Conversation, Visitor, Workspace};
use crate::failure::Failure;
use crate::names::ObjectName;
use worker::{Env, Method, RequestInit};

/// The files of the objects, where the platform shows them: workerd does. Elsewhere an object that stores nothing leaves nothing.
const STORE: &str = "STORE";

impl Conversation {
    /// None if the platform does not tell.
    pub(crate) async fn is_stored(env: &Env, name: &ObjectName) -> Result<Option<bool>, Failure> {
        is_stored::<Self>(env, name).await
    }
}

impl Visitor {
    /// None if the platform does not tell.
    pub(crate) async fn is_stored(env: &Env, name: &ObjectName) -> Result<Option<bool>, Failure> {
        is_stored::<Self>(env, name).await
    }
}

impl Workspace {
    /// None if the platform does not tell.
    pub(crate) async fn is_stored(env: &Env, name: &ObjectName) -> Result<Option<bool>, Failure> {
        is_stored::<Self>(env, name).await
    }
}

async fn is_stored<C: Class>(env: &Env, name: &ObjectName) -> Result<Option<bool>, Failure> {
    let Ok(store) = env.service(STORE) else { return Ok(None) };
    let id = env.durable_object(C::NAME)?.id_from_name(name.as_str())?.to_string();
    // The folder of a class is called as its key in `workerd.capnp`.
    let url = ["http://store.invalid/", &C::NAME.to_ascii_lowercase(), "/", &id, ".sqlite"].concat();
    let mut head = RequestInit::new();
    head.with_method(Method::Head);
    let status = store.fetch(url, Some(head)).await?.status_code();
    match status {
        200 => Ok(Some(true)),
        404 => Ok(Some(false)),
        // If something is wrong with the store, an object that may be there is asked.
        _ => Ok(None),
    }
}
