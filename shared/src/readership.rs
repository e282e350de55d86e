//! Who may read what: the one place that decides it.
//!
//! Published pieces come out of storage as `Guarded`, which gives nothing without a `Reader`. So a door that forgets to ask who is
//! reading does not compile.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How many audiences one reader, or one article, can name: more are a mistake of a program.
pub const MAX_AUDIENCES: usize = 20;
/// The longest name of an audience, in characters: as long as any other name.
pub const MAX_AUDIENCE_CHARS: usize = 60;

/// Somebody who reads: the audiences to which a proof says that they belong. Without a proof there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reader(BTreeSet<String>);

impl Reader {
    /// Who belongs to these audiences.
    pub fn of(audiences: impl IntoIterator<Item = String>) -> Self {
        Self(audiences.into_iter().collect())
    }

    /// Somebody of whom nothing is known, who reads what everybody may read.
    pub fn everybody() -> Self {
        Self::default()
    }

    /// Whether this one reads only what everybody may read.
    pub fn is_everybody(&self) -> bool {
        self.0.is_empty()
    }

    /// The same reader without the audiences that mean nothing here, so that readers who read the same are the same.
    pub fn among(&self, known: &BTreeSet<String>) -> Self {
        Self(self.0.intersection(known).cloned().collect())
    }

    /// Whether the other one may read all that this one may.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }
}

/// For whom a piece is: for everybody, or for who belongs to one of some audiences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Readership(BTreeSet<String>);

impl Readership {
    /// Those of one of these audiences; everybody if there is none.
    pub fn of(audiences: &[String]) -> Self {
        Self(audiences.iter().cloned().collect())
    }

    /// Whether not everybody may read it.
    pub fn is_restricted(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether this one may read it.
    pub fn has(&self, reader: &Reader) -> bool {
        self.0.is_empty() || !self.0.is_disjoint(&reader.0)
    }

    /// Whether everybody of the others may read it, too.
    pub fn covers(&self, others: &Self) -> bool {
        self.0.is_empty() || (others.is_restricted() && others.0.is_subset(&self.0))
    }

    /// The audiences in order.
    pub fn audiences(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// The audiences in order.
    pub fn into_audiences(self) -> Vec<String> {
        self.0.into_iter().collect()
    }
}

/// Something that is published, until it is known who reads it.
#[derive(Debug)]
pub struct Guarded<T> {
    piece: T,
    readership: Readership,
}

impl<T> Guarded<T> {
    /// This piece is for these.
    pub fn new(piece: T, readership: Readership) -> Self {
        Self { piece, readership }
    }

    /// The piece, if this one may read it.
    pub fn for_reader(self, reader: &Reader) -> Option<T> {
        self.readership.has(reader).then_some(self.piece)
    }

    /// The piece and for whom it is, for the team and the site owner, who may read everything.
    pub fn for_team(self) -> (T, Readership) {
        (self.piece, self.readership)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| String::from(*name)).collect()
    }

    #[test]
    fn a_piece_is_given_to_those_for_whom_it_is_and_to_nobody_else() {
        for (readership, reader, may) in [
            (&[][..], &[][..], true),
            (&[], &["staff"], true),
            (&["staff"], &[], false),
            (&["staff"], &["Staff"], false),
            (&["staff"], &["partners"], false),
            (&["staff"], &["partners", "staff"], true),
            (&["partners", "staff"], &["staff"], true),
            (&[""], &[], false),
        ] {
            let guarded = Guarded::new("secret", Readership::of(&names(readership)));
            let given = guarded.for_reader(&Reader::of(names(reader)));
            assert_eq!(given.is_some(), may, "{readership:?} {reader:?}");
        }
    }

    #[test]
    fn a_piece_is_for_all_of_others_or_not() {
        for (readership, others, covers) in [
            (&[][..], &[][..], true),
            (&[], &["staff"], true),
            (&["staff"], &[], false),
            (&["staff"], &["staff"], true),
            (&["staff", "board"], &["staff"], true),
            (&["staff"], &["staff", "board"], false),
        ] {
            let of = |audiences: &[&str]| Readership::of(&names(audiences));
            assert_eq!(of(readership).covers(&of(others)), covers, "{readership:?} {others:?}");
        }
    }

    #[test]
    fn audiences_that_nothing_is_for_make_no_other_reader() {
        let known = names(&["staff", "partners"]).into_iter().collect();
        let reader = Reader::of(names(&["staff", "beta", "staff"]));
        assert_eq!(reader.among(&known), Reader::of(names(&["staff"])));
        assert!(Reader::of(names(&["beta"])).among(&known).is_everybody());
    }
}
