//! The site's brand on the panel.

use super::Panel;
use crate::io::{place, task};
use crate::model::look::{properties, theme};

impl Panel {
    /// Draws the panel as the site wants it, from now on.
    pub(super) fn wear_brand(self) {
        task::follow(move || {
            self.settings.with(|settings| {
                self.page_look.with(|page| {
                    for (name, value) in properties(page, &settings.look) {
                        place::set_style(name, &value);
                    }
                    place::set_theme(theme(page, &settings.look));
                });
            });
        });
    }
}
