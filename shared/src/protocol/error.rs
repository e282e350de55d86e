//! What the edge says when it refuses: a stable code for programs, one sentence for people.

use super::Millis;
use crate::problem::Problem;
use serde::{Deserialize, Serialize};

/// The body of every answer that is not a success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// What is wrong.
    pub error: ApiError,
    /// If a document was refused: everything that is wrong with it, warnings too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

impl From<ApiError> for ErrorBody {
    fn from(error: ApiError) -> Self {
        Self { error, problems: Vec::new() }
    }
}

impl From<Vec<Problem>> for ErrorBody {
    /// A document that was refused: in `error`, a person reads the first of the problems that stop it.
    fn from(problems: Vec<Problem>) -> Self {
        let stopping: Vec<&Problem> = problems.iter().filter(|problem| !problem.is_warning()).collect();
        let mut message = String::new();
        if let Some(first) = stopping.first() {
            if !first.at.is_empty() {
                message = [&first.at, ": "].concat();
            }
            message.push_str(&first.sentence);
            message.push(' ');
        }
        message.push_str(match stopping.len() {
            0 | 1 => "Nothing was stored.",
            _ => "This is the first of several problems. Nothing was stored.",
        });
        Self { error: ApiError::with(ErrorCode::InvalidRequest, message), problems }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError {
    /// For programs; never changes its meaning.
    pub code: ErrorCode,
    /// For people: what failed and what to do.
    pub message: String,
    /// For programs: after this many milliseconds the same request is worth another try. Only with `TooMany`
    /// and `Unavailable`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<Millis>,
}

impl ApiError {
    /// An error with the sentence that belongs to its code.
    pub fn new(code: ErrorCode) -> Self {
        Self::with(code, code.sentence())
    }

    /// An error with more to say than its code.
    pub fn with(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), retry_after_ms: None }
    }

    /// Too much at once, and when to come back.
    pub fn too_many(retry_after_ms: Millis) -> Self {
        Self { retry_after_ms: Some(retry_after_ms), ..Self::new(ErrorCode::TooMany) }
    }

    /// Nothing can be done for anybody just now, and when to come back.
    pub fn unavailable(retry_after_ms: Millis) -> Self {
        Self { retry_after_ms: Some(retry_after_ms), ..Self::new(ErrorCode::Unavailable) }
    }

    /// A browser has asked for a WebSocket, and a proxy has taken out of the request that it did.
    pub fn upgrade_lost() -> Self {
        let advice = " A proxy before the edge has taken the header Upgrade out of this request: it has to pass Upgrade and \
                      Connection on, and to speak HTTP/1.1 (nginx: proxy_http_version 1.1).";
        Self::with(ErrorCode::UpgradeNeeded, [ErrorCode::UpgradeNeeded.sentence(), advice].concat())
    }

    /// Whether the same request may be taken later as it is: our own trouble and a flood pass, a refusal stays one.
    pub fn passes(&self) -> bool {
        matches!(self.code, ErrorCode::Internal | ErrorCode::TooMany | ErrorCode::Unavailable)
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident, $status:literal, $sentence:literal;)*) => {
        /// The stable codes. On the wire they are in snake case.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode { $($(#[$doc])* $name,)* }

        impl ErrorCode {
            /// Every code, for documentation and tests.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$name,)*];

            /// The HTTP status that goes with it.
            pub fn status(self) -> u16 {
                match self { $(ErrorCode::$name => $status,)* }
            }

            /// The sentence that goes with it.
            pub fn sentence(self) -> &'static str {
                match self { $(ErrorCode::$name => $sentence,)* }
            }

            /// Its name on the wire, for a program without serde.
            pub fn name(self) -> String {
                snake_case(match self { $(ErrorCode::$name => stringify!($name),)* })
            }
        }
    };
}

codes! {
    /// The body or frame is over its limit.
    BodyTooLarge, 413, "The request is too large. Nothing was stored.";
    /// The address, or the `Host` that stands for a part of it, is none.
    BrokenAddress, 400, "The request's address or its Host header cannot be read.";
    /// Not JSON at all.
    BrokenJson, 400, "The request is not valid JSON. Nothing was stored.";
    /// JSON of another shape: an unknown or missing field, or a value that cannot be.
    InvalidRequest, 422, "The request has a field that is unknown, missing or not allowed. Nothing was stored.";
    /// The body is not declared as JSON.
    WrongContentType, 415, "Send the request as application/json.";
    /// No such door.
    UnknownDoor, 404, "There is nothing at this address.";
    /// The door exists, but not for this method.
    WrongMethod, 405, "This address does not take that method.";
    /// No such workspace.
    UnknownWorkspace, 404, "There is no such workspace. Check data-workspace in the script tag.";
    /// A workspace that was to be made is there.
    WorkspaceExists, 409, "There is a workspace of this name already. Its secrets were shown when it was made.";
    /// No such conversation, or not the caller's: the two are not told apart.
    UnknownConversation, 404, "There is no such conversation here.";
    /// No such article in that language.
    UnknownArticle, 404, "There is no such article.";
    /// No such curated answer in that language.
    UnknownAnswer, 404, "There is no such answer.";
    /// A command about an event that is not there or asked nothing.
    UnknownEvent, 404, "There is nothing there to answer.";
    /// No proof of who is calling, or not a valid one.
    NotSignedIn, 401, "Sign in first.";
    /// The name or the password is wrong.
    WrongPassword, 401, "The name or the password is wrong.";
    /// The token is not the right one.
    WrongToken, 403, "The token is not valid.";
    /// A signed identity came to a workspace that has no key to check it with.
    NoIdentityKey, 403, "This workspace has no key for signed identities, so it takes none.";
    /// The site's proof of who the visitor is was right once.
    IdentityExpired, 401, "The signed identity has expired. Sign in on the site again.";
    /// A page of another origin tried to use the caller's rights.
    ForeignOrigin, 403, "This request came from a page that is not allowed to make it.";
    /// The set-up link was used already.
    AlreadySetUp, 409, "This workspace is set up already. Sign in instead.";
    /// Another agent has this name already.
    NameTaken, 409, "Another agent has this name already. Choose a different one.";
    /// The help centre was stored by a build that kept no sources, so that a part of it cannot be put by itself.
    NoSources, 409, "What is published here was stored without its sources. Publish all of it once with PUT content.";
    /// An article or an answer that is not the version that the caller has read.
    ChangedMeanwhile, 412, "Somebody has changed this since you read it. Read it again; nothing was stored.";
    /// The same id came with other content.
    IdReused, 409, "This id was already used for something else.";
    /// A message without text.
    EmptyMessage, 422, "A message needs some text.";
    /// A message over its limit.
    MessageTooLong, 422, "The message is too long. Shorten it and send it again.";
    /// A reply, or what puts a conversation out of sight, by an agent who has not seen the last words of the visitor or of a colleague.
    Unseen, 409, "Somebody has written since. Read it, and do this again if it still fits.";
    /// A survey that is not open: nothing is solved yet, or it was another kind of help.
    NothingToRate, 409, "There is nothing to rate here yet.";
    /// A survey was answered more than a day ago.
    RatingClosed, 409, "The rating can no longer be changed.";
    /// A resolved conversation cannot be snoozed.
    AlreadySolved, 409, "This conversation is solved. Open it again first.";
    /// A time that has passed, or is too far away.
    WrongTime, 422, "Choose a time in the future, at most a year away.";
    /// The name is none, or looks like another one.
    BadName, 422, "Choose a name of 1 to 60 characters in which every character can be seen.";
    /// The password is too short.
    WeakPassword, 422, "Choose a password of at least 10 characters.";
    /// The password is too long.
    LongPassword, 422, "Choose a password of at most 200 characters.";
    /// Too much at once.
    TooMany, 429, "Too many requests. Wait a moment and try again.";
    /// The server has no room for more just now, is about to stop, or its disk is full.
    Unavailable, 503, "The server cannot take this just now. What you sent is safe on your device; try again in a moment.";
    /// The socket's first frame must be a greeting.
    HelloFirst, 400, "The first frame must be hello.";
    /// The door wants a WebSocket.
    UpgradeNeeded, 426, "This address is for WebSockets.";
    /// Our own fault.
    Internal, 500, "Something failed on our side. What you sent is safe on your device; try again.";
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_each_code_is_the_one_that_serde_writes() {
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{}\"", code.name()));
        }
    }
}
