//! Reading bodies within their limits and writing answers.

use crate::failure::Failure;
use crate::platform::turn;
use futures_util::StreamExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::problem::Problem;
use shared::protocol::{ApiError, ErrorCode, MAX_CONTENT};
use shared::publishing::{Document, is_object, shape_problems, told};
use shared::turns::Turns;
use std::string::FromUtf8Error;
use worker::{EncodeBody, Request, Response, ResponseBody};

/// Reads a JSON body of at most `limit` bytes.
pub(crate) async fn read_json<T: DeserializeOwned>(request: &mut Request, limit: usize) -> Result<T, Failure> {
    parse(&read_json_text(request, limit).await?)
}

/// A document with its problems; what is JSON but no such document is refused with all of them.
pub(crate) async fn document<T: Document>(body: &str) -> Result<(T, Vec<Problem>), Failure> {
    let turns = Turns::giving(turn);
    match parse::<T>(body) {
        Ok(document) if is_object(body) => {
            let problems = document.problems(&turns).await;
            Ok((document, problems))
        }
        Err(Failure::Refused(error)) if error.code != ErrorCode::InvalidRequest => Err(error.into()),
        Ok(_) | Err(Failure::Refused(_)) => Err(Failure::Problems(told(shape_problems::<T>(body, &turns).await))),
        Err(failure) => Err(failure),
    }
}

/// Reads a JSON body of at most `limit` bytes. A request that declares and sends none is given what stands for none.
pub(crate) async fn read_optional_json<T: DeserializeOwned + Default>(
    request: &mut Request,
    limit: usize,
) -> Result<T, Failure> {
    if request.headers().has("content-type")? {
        let text = read_json_text(request, limit).await?;
        let value = parse(&text)?;
        // A list can stand for a struct of which every field may be left out.
        return if is_object(&text) { Ok(value) } else { Err(ErrorCode::InvalidRequest.into()) };
    }
    let is_empty = read_body(request, limit).await?.is_empty();
    if is_empty { Ok(T::default()) } else { Err(ErrorCode::WrongContentType.into()) }
}

/// Reads a body that is declared as JSON, of at most `limit` bytes.
pub(crate) async fn read_json_text(request: &mut Request, limit: usize) -> Result<String, Failure> {
    let kind = request.headers().get("content-type")?.unwrap_or_default();
    let media_type = kind.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/json") {
        return Err(ErrorCode::WrongContentType.into());
    }
    let mut body = read_body(request, limit).await?;
    if body.starts_with(BYTE_ORDER_MARK) {
        body.drain(..BYTE_ORDER_MARK.len());
    }
    String::from_utf8(body).map_err(|error| not_utf8(&error).into())
}

/// Programs of Windows begin a text in UTF-8 with it.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

fn not_utf8(error: &FromUtf8Error) -> ApiError {
    let at = error.utf8_error().valid_up_to();
    let line = error.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    let message = format!(
        "The request is not valid JSON: it is not in UTF-8 from byte {} on, in line {line}. Save it in UTF-8. Nothing was stored.",
        at + 1
    );
    ApiError::with(ErrorCode::BrokenJson, message)
}

/// Parses JSON from a caller, telling what is not JSON from what is not allowed.
///
/// JSON is read from text everywhere in the edge, and never from bytes: each of the two makes its own copy of every type's reader,
/// and both together made the worker's code a tenth larger.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    // No door takes a list, and serde reads one as a struct whose fields have no names.
    if text.trim_ascii_start().starts_with('[') {
        return Err(ErrorCode::InvalidRequest.into());
    }
    serde_json::from_str(text).map_err(|error| refusal(&error, text))
}

/// Why a text cannot be read; one function for all types.
fn refusal(error: &serde_json::Error, text: &str) -> Failure {
    if error.is_data() {
        // serde's own words name the field, which is what a developer needs.
        let mut message = String::from("The request has a field that is unknown, missing or not allowed: ");
        message.push_str(&error.to_string());
        return Failure::Refused(ApiError::with(ErrorCode::InvalidRequest, message));
    }
    // serde calls JSON of another kind than an enum wants, such as `null`, a mistake of syntax.
    let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    if is_json {
        return ErrorCode::InvalidRequest.into();
    }
    // serde's words say what was expected, at which line and column.
    let message = ["The request is not valid JSON: ", &error.to_string(), ". Nothing was stored."].concat();
    ApiError::with(ErrorCode::BrokenJson, message).into()
}

/// Reads and forgets what is left of a body, as far as anybody may send. workerd ends the connection after an answer
/// to an unread body, and the caller, who is still sending, would never see why.
pub(crate) async fn discard_body(request: &mut Request) {
    let mut left = MAX_CONTENT;
    let Ok(mut stream) = request.stream() else { return };
    while let Some(Ok(chunk)) = stream.next().await {
        let Some(rest) = left.checked_sub(chunk.len()) else { return };
        left = rest;
    }
}

/// Reads at most `limit` bytes. A body that is declared larger is not kept at all; one that lies about its length, or
/// does not say, is refused when it passes the limit.
async fn read_body(request: &mut Request, limit: usize) -> Result<Vec<u8>, Failure> {
    let declared = request.headers().get("content-length")?.and_then(|length| length.parse::<usize>().ok());
    if declared.is_some_and(|length| length > limit) {
        discard_body(request).await;
        return Err(ErrorCode::BodyTooLarge.into());
    }
    let mut body = Vec::with_capacity(declared.unwrap_or(0));
    // A request without a body has no stream to read.
    let Ok(mut stream) = request.stream() else { return Ok(body) };
    while let Some(chunk) = stream.next().await {
        body.extend(chunk?);
        if body.len() > limit {
            return Err(ErrorCode::BodyTooLarge.into());
        }
    }
    Ok(body)
}

/// A JSON answer that nobody stores.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<Response, Failure> {
    let response = Response::from_json(value)?;
    response.headers().set("cache-control", "no-store")?;
    response.headers().set("x-content-type-options", "nosniff")?;
    Ok(response)
}

/// An answer with the body of another one, which is passed on as it comes, so that a slow reader holds nothing here.
pub(crate) fn passed_on(stored: &Response) -> Result<Response, Failure> {
    let body = match stored.body() {
        ResponseBody::Empty => ResponseBody::Empty,
        ResponseBody::Body(bytes) => ResponseBody::Body(bytes.clone()),
        ResponseBody::Stream(stream) => ResponseBody::Stream(stream.clone()),
    };
    Ok(Response::from_body(body)?)
}

/// An answer without a body.
pub(crate) fn no_content() -> Result<Response, Failure> {
    Ok(Response::empty()?.with_status(204))
}

/// The best encoding that the caller takes and that we have.
pub(crate) fn accepted_encoding(request: &Request) -> Option<&'static str> {
    chosen(&request.headers().get("accept-encoding").ok().flatten()?)
}

/// The first of our encodings that a list takes (RFC 9110, section 12.5.3). One with no weight is refused by name, and a star
/// stands for those that are not named.
fn chosen(accepted: &str) -> Option<&'static str> {
    let is_taken = |wanted: &str| {
        accepted.split(',').find_map(|one| {
            let (name, parameters) = one.split_once(';').unwrap_or((one, ""));
            let weight = parameters.split(';').find_map(|pair| pair.trim().strip_prefix("q="));
            let is_refused =
                weight.is_some_and(|weight| weight.trim().parse::<f32>().is_ok_and(|weight| weight <= 0.0));
            name.trim().eq_ignore_ascii_case(wanted).then_some(!is_refused)
        })
    };
    let is_welcome = |encoding: &&str| is_taken(encoding).or_else(|| is_taken("*")).unwrap_or(false);
    ["br", "gzip"].into_iter().find(is_welcome)
}

/// Lets the runtime compress the answer on its way, if the caller takes that.
pub(crate) fn compressed(response: Response, request: &Request) -> Result<Response, Failure> {
    response.headers().append("vary", "accept-encoding")?;
    match accepted_encoding(request) {
        Some(encoding) => {
            response.headers().set("content-encoding", encoding)?;
            Ok(response.with_encode_body(EncodeBody::Automatic))
        }
        None => Ok(response),
    }
}

#[cfg(test)]
mod tests {
    use super::chosen;

    #[test]
    fn an_encoding_that_the_caller_refuses_is_not_sent() {
        for (accepted, encoding) in [
            ("gzip, deflate, br", Some("br")),
            ("br;q=0, gzip", Some("gzip")),
            ("br; q=0.0, gzip;q=0", None),
            ("BR;q=0.1", Some("br")),
            ("gzip;q=0.5", Some("gzip")),
            ("*", Some("br")),
            ("br;q=0, *", Some("gzip")),
            ("*;q=0", None),
            ("identity", None),
            ("", None),
        ] {
            assert_eq!(chosen(accepted), encoding, "{accepted}");
        }
    }
}
