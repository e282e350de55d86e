//! A person's face: a picture, or the initials on a colour of the name.

use super::element::{El, el};
use crate::model::faces::{hue, initials};

/// The face of a person. Their name stands beside it.
pub(crate) fn face(name: &str, picture: Option<&str>) -> El {
    let face = el("span").class(hue(name)).attr("aria-hidden", "true");
    match picture {
        Some(picture) => face.child(el("img").attr("src", picture).attr("alt", "")),
        None => face.text(&initials(name)),
    }
}
