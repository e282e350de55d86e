//! What the sign-in and set-up forms accept before the edge is asked.

use shared::agent_name::{self, Refused};
use shared::protocol::{MAX_NAME_CHARS, MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS};

/// What is wrong with a form, as a key of the locale file.
pub(crate) type Complaint = &'static str;

/// Checks the form that makes the first agent.
pub(crate) fn setup(name: &str, password: &str, again: &str) -> Result<(), Complaint> {
    check_name(name)?;
    if matches!(agent_name::valid(name), Err(Refused::Unseen | Refused::Mixed)) {
        return Err("error_bad_name");
    }
    if password.chars().count() < MIN_PASSWORD_CHARS {
        return Err("error_weak_password");
    }
    if password.chars().count() > MAX_PASSWORD_CHARS {
        return Err("error_long_password");
    }
    if password != again {
        return Err("error_passwords_differ");
    }
    Ok(())
}

/// Checks the form that signs in.
pub(crate) fn sign_in(name: &str, password: &str) -> Result<(), Complaint> {
    check_name(name)?;
    if password.is_empty() { Err("error_no_password") } else { Ok(()) }
}

fn check_name(name: &str) -> Result<(), Complaint> {
    match name.trim().chars().count() {
        0 => Err("error_no_name"),
        1..=MAX_NAME_CHARS => Ok(()),
        _ => Err("error_long_name"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_sent_only_if_it_can_succeed() {
        let long = "x".repeat(MAX_NAME_CHARS + 1);
        let very_long = "x".repeat(MAX_PASSWORD_CHARS + 1);
        for (name, password, again, expected) in [
            ("Ada", "correct horse", "correct horse", Ok(())),
            ("Ada", "비밀번호를정하십시오", "비밀번호를정하십시오", Ok(())),
            (" ", "correct horse", "correct horse", Err("error_no_name")),
            (&long, "correct horse", "correct horse", Err("error_long_name")),
            ("A\u{202e}da", "correct horse", "correct horse", Err("error_bad_name")),
            ("Аdа", "correct horse", "correct horse", Err("error_bad_name")),
            ("Ada", &very_long, &very_long, Err("error_long_password")),
            ("Ada", "short", "short", Err("error_weak_password")),
            ("Ada", "correct horse", "correct hors", Err("error_passwords_differ")),
        ] {
            assert_eq!(setup(name, password, again), expected);
        }
        assert_eq!(sign_in("Ada", ""), Err("error_no_password"));
        assert_eq!(sign_in("Ada", "x"), Ok(()));
    }
}
