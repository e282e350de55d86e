//! Passing on what the site says of the visitor, when it says something new. A thread may live for years, and a trial ends.

use super::Conversation;
use crate::calls::Visitor;
use crate::calls::visitor::Know;
use crate::failure::Failure;
use crate::identity::SiteProfile;
use shared::conversation::Meta;

impl Conversation {
    /// Tells the visitor's object, if it may not know. Should that fail, what was known before does for once.
    pub(super) async fn know_or_log(&self, meta: &Meta, said: Option<SiteProfile>) {
        if let Err(failure) = self.know(meta, said).await {
            failure.log();
        }
    }

    async fn know(&self, meta: &Meta, said: Option<SiteProfile>) -> Result<(), Failure> {
        let Some(said) = said else { return Ok(()) };
        if self.known.borrow().as_ref().is_some_and(|known| *known == said || said.until < known.until) {
            return Ok(());
        }
        Visitor::of(&self.env, &meta.workspace, &meta.visitor)?.ask(Know { said: said.clone() }).await?;
        self.known.replace(Some(said));
        Ok(())
    }
}
