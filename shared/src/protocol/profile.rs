//! What a site says of a visitor in a signed identity.

use super::Millis;
use serde::{Deserialize, Serialize};

/// What the site knows of a visitor. All of it may be unknown; none of it is the visitor's own word.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// What they are called. For agents only: nobody is greeted with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What they pay for, as the site calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// Whether that is a trial.
    pub trial: bool,
    /// Since when they are a customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_since: Option<Millis>,
    /// Which products they use.
    pub products: Vec<String>,
    /// What kind of company they work for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_type: Option<String>,
    /// Whether the site thinks that they may leave.
    pub at_risk: bool,
    /// The audiences to which they belong: what is published for one of these is for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<String>,
}
