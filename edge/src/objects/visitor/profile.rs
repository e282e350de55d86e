//! What the site has said of the visitor last.

use super::{JsonRow, Visitor};
use crate::failure::Failure;
use crate::identity::SiteProfile;
use crate::platform::stored;
use shared::protocol::Profile;

impl Visitor {
    /// Takes what the site says, unless it has said something later. Of somebody without conversations nothing is kept: also
    /// of one who has just been erased.
    pub(super) fn know(&self, SiteProfile { profile, until }: &SiteProfile) -> Result<(), Failure> {
        self.ensure_tables()?;
        let query = "INSERT INTO profile SELECT 1, ?, ? WHERE EXISTS (SELECT 1 FROM conversations) \
                     ON CONFLICT (id) DO UPDATE SET until = excluded.until, json = excluded.json WHERE excluded.until >= until";
        self.state.storage().sql().exec(query, vec![stored(*until), serde_json::to_string(profile)?.into()])?;
        Ok(())
    }

    /// What the site has said last; none if it never did.
    pub(super) fn profile(&self) -> Result<Option<Profile>, Failure> {
        self.ensure_tables()?;
        let rows: Vec<JsonRow> = self.state.storage().sql().exec("SELECT json FROM profile", None)?.to_array()?;
        rows.first().map(|row| Ok(serde_json::from_str(&row.json)?)).transpose()
    }
}
