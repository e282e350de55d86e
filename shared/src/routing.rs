//! Says which team a conversation goes to, by rules that a site owner wrote, and why.
//!
//! `Router::new` proves the rules; `route` gives the first that holds; `explain` tells about all of them; `pick` chooses
//! inside a team. What no rule places goes to escalations.
//!
//! **Invariant:** `route` and `explain` cannot disagree: both read the same trace of the same conditions.

mod balance;
mod case;
mod check;
mod condition;
mod explain;
mod label;
mod page;
mod router;
mod rule;
#[cfg(test)]
mod scenes;
mod team;

pub use balance::{Seat, pick, settle};
pub use case::{Case, Helped};
pub use condition::Kind;
pub use explain::{ConditionTrace, Explanation, Outcome, RuleTrace};
pub use router::{Assignment, Decision, Router};
pub use rule::{Assign, Helper, Priority, Rule, Tenure, Then, When};
pub use team::{Member, Team};
