//! Texts that must not be taken for one another, each as a type of its own.

use serde::{Deserialize, Serialize};

macro_rules! text_type {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub(crate) struct $name(String);

        impl $name {
            pub(crate) fn new(text: String) -> Self {
                Self(text)
            }

            pub(crate) fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

text_type! {
    /// The name of an object, from which the id of what it holds cannot be found.
    #[derive(Debug)]
    ObjectName
}
text_type! {
    /// The name under which a network address is counted, from which the address cannot be found.
    #[derive(Debug)]
    AddressName
}
text_type! {
    /// The secret of an agent's session, as their cookie has it. It has no `Debug`, so that no log shows it.
    SessionToken
}
text_type! {
    /// The SHA-256 of a session's secret, in base64url: the name of the session, which opens nothing.
    #[derive(Debug)]
    SessionDigest
}
text_type! {
    /// The name under which the library keeps what a conversation has taught, and the one of its visitor. Neither opens an object, and no id
    /// can be found from it.
    #[derive(Debug)]
    LessonsName
}
