//! The seam to what only the platform has: the clock, randomness, key derivation, transactions and text bindings.

use crate::failure::Failure;
use js_sys::{Array, JsString, Reflect, Uint8Array};
use shared::ids::base64url;
use shared::protocol::Millis;
use shared::turns::Turn;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use worker::{Delay, Env, SqlStorageValue, Storage};

/// The edge's clock.
pub(crate) fn now() -> Millis {
    // Whole milliseconds; `worker::Date` makes an object of them first.
    js_sys::Date::now() as Millis
}

/// A text binding; none when the deployment has not set it or it is empty.
pub(crate) fn text(env: &Env, name: &str) -> Option<String> {
    // workerd binds a variable that is not in its environment to `null`.
    Reflect::get(env, &JsValue::from_str(name)).ok()?.as_string().filter(|value| !value.is_empty())
}

/// Whether the deployment has bound something by this name.
pub(crate) fn has(env: &Env, name: &str) -> bool {
    Reflect::get(env, &JsValue::from_str(name)).is_ok_and(|bound| !bound.is_null() && !bound.is_undefined())
}

/// An instant as SQLite has it.
pub(crate) fn stored(at: Millis) -> SqlStorageValue {
    SqlStorageValue::Integer(i64::try_from(at).unwrap_or(i64::MAX))
}

/// How long a day is, for retention and sessions. Only a test's workerd is told another length.
pub(crate) fn day_ms(env: &Env) -> Millis {
    const DAY_MS: Millis = 24 * 60 * 60 * 1_000;
    text(env, "DAY_MS").and_then(|text| text.parse().ok()).unwrap_or(DAY_MS)
}

/// After how long without a ping a socket's other end is taken to be away. Only a test's workerd is told another time.
pub(crate) fn silent_ms(env: &Env) -> Millis {
    /// Two of a client's pings, which come every 20 seconds, and some seconds for a slow network.
    const SILENT_MS: Millis = 45_000;
    text(env, "SILENT_MS").and_then(|text| text.parse().ok()).unwrap_or(SILENT_MS)
}

/// Waits until everybody else who is to be served was: the queue of the thread is gone through once before a timer rings.
pub(crate) fn turn() -> Turn {
    Box::pin(Delay::from(Duration::ZERO))
}

/// How many bytes are put aside at once. Only a test's workerd is told another number.
pub(crate) fn purge_part(env: &Env) -> usize {
    /// An operation between objects holds at most 8 MB; a row at most two.
    const PART_BYTES: usize = 3_000_000;
    text(env, "PURGE_PART").and_then(|text| text.parse().ok()).unwrap_or(PART_BYTES)
}

/// A text in which the forms of one letter are one (NFKC).
pub(crate) fn normal(text: &str) -> String {
    String::from(JsString::from(text).normalize("NFKC"))
}

/// Random bytes from the platform's cryptographic source, in base64url.
pub(crate) fn random_base64url(bytes: u32) -> Result<String, Failure> {
    let array = Uint8Array::new_with_length(bytes);
    crypto()?.get_random_values_with_array_buffer_view(&array)?;
    Ok(base64url(&array.to_vec()))
}

/// The most rounds that Workers allow for PBKDF2.
const PBKDF2_ROUNDS: u32 = 100_000;
const PBKDF2_BITS: u32 = 256;

/// Derives a key from a password with PBKDF2-HMAC-SHA-256, in base64url.
pub(crate) async fn derive_key(password: &str, salt: &str) -> Result<String, Failure> {
    let subtle = crypto()?.subtle();
    let usages = Array::of1(&JsValue::from_str("deriveBits"));
    let secret = Uint8Array::from(password.as_bytes());
    let key = JsFuture::from(subtle.import_key_with_str("raw", &secret, "PBKDF2", false, &usages)?).await?;
    let salt = Uint8Array::from(salt.as_bytes());
    let params = web_sys::Pbkdf2Params::new("PBKDF2", &JsValue::from_str("SHA-256"), PBKDF2_ROUNDS, &salt);
    let bits = JsFuture::from(subtle.derive_bits_with_object(&params, key.unchecked_ref(), PBKDF2_BITS)?).await?;
    Ok(base64url(&Uint8Array::new(&bits).to_vec()))
}

fn crypto() -> Result<web_sys::Crypto, Failure> {
    let crypto = Reflect::get(&js_sys::global(), &JsValue::from_str("crypto"))?;
    Ok(crypto.unchecked_into())
}

/// Runs `work` in one transaction: all of its writes are kept, or, if it fails, none.
pub(crate) fn transaction<T>(storage: &Storage, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let raw: &JsValue = storage.as_raw().as_ref();
    let mut work = Some(work);
    let mut outcome: Option<Result<T, Failure>> = None;
    {
        let mut call = || -> Result<JsValue, JsValue> {
            let Some(work) = work.take() else { return Err(JsValue::from_str("a transaction runs once")) };
            let result = work();
            let failed = result.is_err();
            outcome = Some(result);
            // Throwing is how `transactionSync` is told to roll back.
            if failed { Err(JsValue::from_str("rolled back")) } else { Ok(JsValue::UNDEFINED) }
        };
        let thrown = raw.unchecked_ref::<SyncStorage>().transaction_sync(&mut call).err();
        if let (Some(error), None | Some(Ok(_))) = (&thrown, &outcome) {
            return Err(Failure::from(error.clone()));
        }
    }
    outcome.unwrap_or_else(|| Err(Failure::broken("the transaction did not run")))
}

/// Sets the object's alarm in this very turn: the write that follows becomes durable together with it, or neither does.
pub(crate) fn arm(storage: &Storage, at: Millis) -> Result<(), Failure> {
    let raw: &JsValue = storage.as_raw().as_ref();
    // A number of milliseconds is what JavaScript's dates are.
    let set = raw.unchecked_ref::<SyncStorage>().set_alarm(at as f64)?;
    wasm_bindgen_futures::spawn_local(async move {
        // Should it fail, the runtime breaks the output gate and resets the object: nothing of this turn is seen or kept.
        let _reset = JsFuture::from(set).await;
    });
    Ok(())
}

#[wasm_bindgen]
extern "C" {
    /// The part of `DurableObjectStorage` that workers-rs does not bind yet.
    type SyncStorage;

    /// Sets the alarm to a time; the promise is kept when that is written.
    #[wasm_bindgen(method, catch, js_name = setAlarm)]
    fn set_alarm(this: &SyncStorage, at: f64) -> Result<js_sys::Promise, JsValue>;

    /// Runs the callback in a transaction; what it throws rolls back and is thrown again.
    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &SyncStorage,
        callback: &mut dyn FnMut() -> Result<JsValue, JsValue>,
    ) -> Result<JsValue, JsValue>;
}
