//! `cargo xtask workspace NAME`: makes a workspace in the edge that `up` serves, and shows its secrets.

use crate::Outcome;
use crate::places::Places;
use crate::screen::Screen;
use crate::serve::{Door, secrets};
use crate::up::Options;
use serde_json::{Value, json};

/// Makes it. Its secrets are shown this once: the edge keeps digests of them.
pub(crate) fn make(places: &Places, screen: &Screen, name: &str, options: &Options) -> Outcome {
    let secrets = secrets::keep(&places.root.join(&options.data))?;
    let door = Door::new(options.port);
    let made = door.make(name, &secrets.operator, &json!({}))?;
    let made =
        made.ok_or_else(|| format!("There is a workspace {name} already. Its secrets were shown when it was made."))?;
    screen.say(&shown(name, &door, &made)?);
    Ok(())
}

fn shown(name: &str, door: &Door, made: &Value) -> Outcome<String> {
    let secret =
        |field: &str| made.get(field).and_then(Value::as_str).ok_or_else(|| format!("the edge gives no {field}"));
    let (setup, publish, identity) = (secret("setup_token")?, secret("publish_token")?, secret("identity_key")?);
    let (edge, link) = (door.edge(), door.setup_link(name, setup));
    Ok(format!(
        "\nThe workspace {name} is made. Keep what follows: it is not shown again.\n
  To be its first agent, open this link once and choose a name and a password:
    {link}
  Its token for publishing (docs/publishing.md):
    {publish}
  Its key for signed identities (docs/identity.md), for your server alone:
    {identity}
  On your pages:
    <script async src=\"{edge}/beforehand.js\" data-workspace=\"{name}\"></script>
\n  No page may hold its panel until you publish settings with the origins of your site.\n"
    ))
}
