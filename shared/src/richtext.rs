//! Articles as data: a closed set of blocks that a view turns into elements. There is no HTML in it, so there is none
//! to sanitise: what cannot be said here cannot reach a page.

mod block;
mod span;
mod walk;

pub use block::{Align, Block, Callout, CalloutKind, Cell, Code, Details, Figure, Heading, Term};
pub use span::{Picture, Span, Spans, is_safe_url};
pub use walk::{
    articles_in, each_span_mut, headings, jumps_in, lines_mut, pages_in, pictures_in, places_in, places_of, plain_text,
    text_of,
};
