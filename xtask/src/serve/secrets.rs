//! The secrets of one data folder: made at random once, and readable by their owner only.

use crate::Outcome;
use crate::places::{at, make_folder, read_text};
use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

pub(crate) struct Secrets {
    /// Makes workspaces.
    pub(crate) operator: String,
    /// Makes the demo's first agent.
    pub(crate) setup: String,
    /// Publishes the demo.
    pub(crate) publish: String,
    /// Signs who a visitor of the demo is. An owner of more workspaces may have added `name:key` by hand, after a space.
    pub(crate) identity: String,
}

/// 192 bits: nobody guesses it, and it fits a line.
const BYTES: usize = 24;

/// Reads the secrets of this data folder, or makes them.
pub(crate) fn keep(data: &Path) -> Outcome<Secrets> {
    let path = data.join("secrets.json");
    let mut secrets = if path.is_file() {
        parse(&read_text(&path)?).ok_or_else(|| format!("{} is damaged: remove it", path.display()))?
    } else {
        make_folder(data)?;
        Secrets { operator: String::new(), setup: random()?, publish: random()?, identity: String::new() }
    };
    // A folder of an earlier build lacks those that this one knows.
    if secrets.identity.is_empty() || secrets.operator.is_empty() {
        for secret in [&mut secrets.identity, &mut secrets.operator] {
            if secret.is_empty() {
                *secret = random()?;
            }
        }
        let Secrets { operator, setup, publish, identity } = &secrets;
        let text = json!({ "operator": operator, "setup": setup, "publish": publish, "identity": identity });
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path);
        file.and_then(|mut file| file.write_all(text.to_string().as_bytes())).map_err(|error| at(&path, error))?;
    }
    Ok(secrets)
}

fn parse(text: &str) -> Option<Secrets> {
    let value: Value = serde_json::from_str(text).ok()?;
    let secret = |name: &str| value.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let [identity, operator] = ["identity", "operator"].map(|name| secret(name).unwrap_or_default());
    Some(Secrets { operator, setup: secret("setup")?, publish: secret("publish")?, identity })
}

fn random() -> Outcome<String> {
    let mut bytes = [0; BYTES];
    let source = Path::new("/dev/urandom");
    File::open(source).and_then(|mut file| file.read_exact(&mut bytes)).map_err(|error| at(source, error))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn secrets_are_made_once_and_only_their_owner_reads_them() {
        let data = std::env::temp_dir().join(format!("beforehand-secrets-{}", std::process::id()));
        let first = keep(&data).unwrap();
        let second = keep(&data).unwrap();
        let mode = std::fs::metadata(data.join("secrets.json")).unwrap().permissions().mode();
        std::fs::remove_dir_all(&data).unwrap();

        assert_eq!(all(&first), all(&second));
        assert_ne!(first.setup, first.publish);
        assert_eq!((first.setup.len(), mode & 0o777), (2 * BYTES, 0o600));
    }

    #[test]
    fn an_older_file_gets_the_secrets_that_it_lacks_and_keeps_the_rest() {
        let data = std::env::temp_dir().join(format!("beforehand-older-secrets-{}", std::process::id()));
        make_folder(&data).unwrap();
        std::fs::write(data.join("secrets.json"), r#"{"setup":"x","publish":"y"}"#).unwrap();
        let first = keep(&data).unwrap();
        let second = keep(&data).unwrap();
        std::fs::remove_dir_all(&data).unwrap();

        assert_eq!((first.setup.as_str(), first.publish.as_str()), ("x", "y"));
        assert_eq!((first.identity.len(), first.operator.len()), (2 * BYTES, 2 * BYTES));
        assert_eq!(all(&first), all(&second));
    }

    fn all(secrets: &Secrets) -> [&str; 4] {
        [&secrets.operator, &secrets.setup, &secrets.publish, &secrets.identity].map(String::as_str)
    }

    #[test]
    fn a_damaged_file_is_not_taken_for_secrets() {
        for text in ["", "{}", r#"{"setup":"","publish":"x"}"#, r#"{"setup":"x"}"#] {
            assert!(parse(text).is_none(), "{text}");
        }
    }
}
