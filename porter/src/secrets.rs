//! The secrets of a data folder (`secrets.json`), which the npm package makes and reads: whether it could read this file.

use serde_json::Value;
use std::fs;
use std::io::Read;
use std::path::Path;

/// The file's name in the data folder.
pub(crate) const SECRETS: &str = "secrets.json";
/// Four tokens, a name and the settings of a proxy are less than a thousand.
const MOST_BYTES: u64 = 1 << 20;
/// What `serve` hands on as text, where it is there. It makes those of the first four that are not.
const TEXTS: [&str; 6] = ["operator", "setup", "publish", "identity", "workspace", "demo"];

/// Why `serve` could not work with the secrets in this folder; none where it could, and where there are none. It quotes nothing of
/// them.
pub(crate) fn fault(folder: &Path) -> Option<String> {
    let path = folder.join(SECRETS);
    let file = match fs::File::open(&path) {
        Ok(file) => file,
        Err(error) => return (error.kind() != std::io::ErrorKind::NotFound).then(|| error.to_string()),
    };
    let mut text = String::new();
    if let Err(error) = file.take(MOST_BYTES).read_to_string(&mut text) {
        return Some(error.to_string());
    }
    let Ok(value) = serde_json::from_str::<Value>(&text) else {
        return Some(String::from("it is damaged: it is no JSON"));
    };
    let Value::Object(fields) = value else {
        return Some(String::from("it is damaged: it has no names with secrets"));
    };
    let wrong = |name: &&str| fields.get(*name).is_some_and(|value| !value.as_str().is_some_and(is_token));
    let proxy = fields.get("proxy").is_some_and(|proxy| !is_of_texts(proxy));
    TEXTS.into_iter().find(wrong).or(proxy.then_some("proxy")).map(|name| format!("it is damaged: its {name} is none"))
}

/// A token or a name goes into headers, addresses and the environment.
fn is_token(text: &str) -> bool {
    text.chars().all(|one| !one.is_control())
}

fn is_of_texts(value: &Value) -> bool {
    value.as_object().is_some_and(|fields| fields.values().all(|field| field.as_str().is_some_and(is_token)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn what_serve_reads_is_fine_and_all_else_is_told() {
        let folder = std::env::temp_dir().join(format!("beforehand-secrets-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        assert_eq!(fault(&folder), None);
        let of = |text: &[u8]| {
            fs::write(folder.join(SECRETS), text).unwrap();
            fault(&folder)
        };
        let fine = [
            "{}",
            r#"{"operator":"a","setup":"b","publish":"c","identity":"d e","workspace":"acme","proxy":{"ORIGIN":"https://a.example"}}"#,
            r#"{"operator":"a","demo":"to be published","later":[1]}"#,
        ];
        let faults = [
            "",
            "not json",
            "[]",
            "null",
            r#"{"operator":123}"#,
            r#"{"identity":null}"#,
            r#"{"publish":"a\nb"}"#,
            r#"{"proxy":[]}"#,
            r#"{"proxy":{"ORIGIN":1}}"#,
            r#"{"workspace":{}}"#,
        ];
        let fine = fine.map(|text| of(text.as_bytes()));
        let told = faults.map(|text| of(text.as_bytes()));
        let other = of(&[0xff, 0xfe]);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(fine, [None, None, None]);
        assert!(told.iter().all(Option::is_some) && other.is_some(), "{told:?}");
    }
}
