//! Makes the bytes of an index whose judges are weighed already.

use super::super::confidence::Scale;
use super::doc::Doc;
use super::lexicon::Lexicon;
use super::{pack, train, write};

/// The index of these documents, with judges that are weighed like this.
pub(super) fn assemble(docs: &[&Doc], locale: &str, scale: &Scale) -> Vec<u8> {
    let lexicon = Lexicon::of(docs, locale);
    let model = train::train(docs).map(|trained| pack::pack(&trained));
    write::write(docs, &lexicon, model.as_ref(), scale)
}
