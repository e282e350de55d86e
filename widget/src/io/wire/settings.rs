//! Reads what the site owner has published for the panel.

use crate::io::json::Json;
use shared::protocol::KnownProblem;
use shared::settings::{Face, Icon, Launcher, Look, PanelSettings, Side, Theme};

/// Reads a `PanelSettings`. What a newer edge says in a way that is not known here is as if it were not said.
pub fn panel_settings(json: &Json) -> Option<PanelSettings> {
    Some(PanelSettings {
        name: json.at("name", Json::text)?,
        look: look(&json.get("look")),
        launcher: launcher(&json.get("launcher")),
        silent: json.get("silent").is_true(),
    })
}

fn look(json: &Json) -> Look {
    let text = |name: &str| json.get(name).text();
    Look {
        accent: text("accent"),
        theme: match json.get("theme").words().as_str() {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            "page" => Theme::Page,
            _ => Theme::Auto,
        },
        radius: json.get("radius").small_number().and_then(|radius| radius.try_into().ok()),
        font: text("font"),
        logo: text("logo"),
        faces: json.get("faces").list(face).unwrap_or_default(),
    }
}

fn face(json: &Json) -> Option<Face> {
    Some(Face { name: json.at("name", Json::text)?, picture: json.get("picture").text() })
}

fn launcher(json: &Json) -> Launcher {
    let pixels = |json: &Json| json.small_number()?.try_into().ok();
    Launcher {
        icon: match json.get("icon").words().as_str() {
            "logo" => Icon::Logo,
            _ => Icon::Speech,
        },
        side: if json.get("side").words() == "left" { Side::Left } else { Side::Right },
        offset: json.get("offset").list(pixels).and_then(|offset| offset.try_into().ok()),
        hidden: json.get("hidden").is_true(),
    }
}

/// Reads a `KnownProblem`.
pub fn known_problem(json: &Json) -> Option<KnownProblem> {
    Some(KnownProblem {
        text: json.at("text", Json::text)?,
        url: json.get("url").text(),
        since: json.get("since").number(),
    })
}
