//! Makes the bytes of an index whose judges are weighed already.

use super::super::confidence::Scale;
use super::doc::Doc;
use super::lexicon::Lexicon;
use super::{breadth, pack, train, write};
use crate::turns::Turns;

/// The index of these documents, with judges that are weighed like this.
pub(super) async fn assemble(docs: &[&Doc], locale: &str, scale: &Scale, turns: &Turns) -> Vec<u8> {
    let lexicon = Lexicon::of(docs, locale, turns).await;
    let model = train::train(docs, turns).await.map(|trained| pack::pack(&trained));
    breadth::note(docs, write::write(docs, &lexicon, model.as_ref(), scale), turns).await
}
