//! What each object can be asked: one file an object, each question with the type of its answer.
//!
//! Doors and objects know these types; no object knows another one. A question is a struct, and `Remote::ask` gives the answer
//! that belongs to it. The object gets all of its questions as one enum, `Asked`, in which each comes with a `Reply` that takes
//! nothing but that answer. So neither side can compile with another answer, or without one.

/// Declares a class of objects and its questions: `Name { field: Type } -> Answer;`.
macro_rules! calls {
    (
        $(#[$class_doc:meta])* $class:ident:
        $($(#[$doc:meta])* $question:ident $({ $($fields:tt)* })? -> $answer:ty;)+
    ) => {
        $(#[$class_doc])*
        pub(crate) enum $class {}

        impl crate::calls::ask::Class for $class {
            const NAME: &'static str = stringify!($class);
            type Asked = Asked;

            fn asked(name: &str, question: &str) -> Result<(&'static str, Asked), crate::failure::Failure> {
                match name {
                    $(stringify!($question) => {
                        let question = serde_json::from_str(question)?;
                        Ok((stringify!($question), Asked::$question(question, crate::calls::reply::Reply::new())))
                    })+
                    _ => Err(crate::failure::Failure::broken(["there is no question ", name].concat())),
                }
            }
        }

        /// A question that came to the object, with the way to answer it.
        pub(crate) enum Asked {
            $($question($question, crate::calls::reply::Reply<$answer>),)+
        }

        $(
            question! { $(#[$doc])* $question $({ $($fields)* })? }

            impl crate::calls::ask::Question for $question {
                type Of = $class;
                type Answer = $answer;
                const NAME: &'static str = stringify!($question);
            }
        )+
    };
}

/// The struct of a question; one that says nothing more has no braces.
macro_rules! question {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(serde::Serialize, serde::Deserialize)]
        pub(crate) struct $name;
    };
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(serde::Serialize, serde::Deserialize)]
        pub(crate) struct $name {
            $(pub(crate) $field: $type,)+
        }
    };
}

pub(crate) mod address;
pub(crate) mod ask;
pub(crate) mod caller;
pub(crate) mod conversation;
pub(crate) mod draw;
pub(crate) mod inbox;
pub(crate) mod library;
mod reach;
pub(crate) mod reply;
pub(crate) mod spare;
mod stored;
pub(crate) mod visitor;
pub(crate) mod workspace;

pub(crate) use address::Address;
pub(crate) use caller::Caller;
pub(crate) use conversation::Conversation;
pub(crate) use draw::Draw;
pub(crate) use inbox::Inbox;
pub(crate) use library::Library;
pub(crate) use spare::Spare;
pub(crate) use visitor::Visitor;
pub(crate) use workspace::Workspace;
