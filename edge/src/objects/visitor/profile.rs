//! What the site has said of the visitor last.

use super::Visitor;
use crate::failure::Failure;
use crate::platform::{now, stored};
use crate::sql;
use shared::conversation::SiteProfile;
use shared::protocol::Profile;

impl Visitor {
    /// Takes what the site says, unless it has said something later. Of somebody without conversations nothing is kept: also
    /// of one who has just been erased.
    pub(super) fn know(&self, SiteProfile { profile, until }: &SiteProfile) -> Result<(), Failure> {
        self.tables.ensure()?;
        let statement = "INSERT INTO profile (id, until, json) SELECT 1, ?, ? WHERE EXISTS (SELECT 1 FROM conversations) \
                         ON CONFLICT (id) DO UPDATE SET until = excluded.until, json = excluded.json WHERE excluded.until >= until";
        let values = vec![stored(*until), serde_json::to_string(profile)?.into()];
        sql::run(&self.state.storage(), statement, values).map(drop)
    }

    /// What the site has said last; none if it never did. The audiences to which somebody belongs end with the proof of them.
    pub(super) fn profile(&self) -> Result<Option<Profile>, Failure> {
        self.tables.ensure()?;
        let storage = self.state.storage();
        let profile: Option<Profile> = sql::document(&storage, "SELECT json FROM profile", None)?;
        let is_proven = sql::exists(&storage, "SELECT 1 FROM profile WHERE until > ?", vec![stored(now())])?;
        let audience = |profile: Profile| if is_proven { profile.audience } else { Vec::new() };
        Ok(profile.map(|profile| Profile { audience: audience(profile.clone()), ..profile }))
    }
}
