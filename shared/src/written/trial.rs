//! An index of the documents with some of the proposals, which can be asked.

use super::asked::AllAsked;
use super::words::Field;
use super::{Proposal, Verdict, with_kept};
use crate::matching::{Corpus, Doc, Index, compile_in_turns};
use crate::turns::Turns;

/// Beyond this place nobody looks.
const LISTED: usize = 10;
/// What asking an index costs, in bytes of text that are cut into words, and how many documents cost a byte.
const PER_QUESTION: usize = 2_000;
const DOCS_PER_BYTE: usize = 4;

/// All that a judgement needs, and that does not change while it is made.
pub(super) struct Trial<'a> {
    pub(super) docs: &'a [Doc],
    pub(super) proposals: &'a [Proposal],
    pub(super) field: &'a Field,
    pub(super) asked: &'a AllAsked<'a>,
    pub(super) locale: &'a str,
    pub(super) turns: &'a Turns,
}

/// What becomes of each proposal; none while it is open.
pub(super) type Standing = Vec<Option<Verdict>>;

impl Trial<'_> {
    /// The bytes of an index of the documents and of what is kept.
    pub(super) async fn compiled(&self, standing: &Standing) -> Vec<u8> {
        let open = Verdict::SaysNothing;
        let verdicts: Vec<Verdict> =
            standing.iter().map(|verdict| verdict.clone().unwrap_or_else(|| open.clone())).collect();
        let mut docs = with_kept(self.docs, self.proposals, &verdicts, self.locale);
        // Each is judged among all of them, no matter who may see which.
        docs.iter_mut().for_each(|doc| doc.audience.clear());
        compile_in_turns(&Corpus { locale: self.locale, docs: &docs, audience: &[] }, self.turns).await
    }

    /// The likeliest documents for a text, best first.
    pub(super) async fn likeliest(&self, index: &Index<Vec<u8>>, text: &str) -> Vec<(usize, f32)> {
        self.turns.did(PER_QUESTION + index.len() / DOCS_PER_BYTE).await;
        index.likeliest(text, LISTED)
    }
}
