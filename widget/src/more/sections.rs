//! All articles by their sections.

use crate::io::{focus, http, task, wire};
use crate::panel::{Panel, Screen};

impl Panel {
    /// Brings them on the screen, also again after a failure.
    pub(super) fn show_sections(self) {
        self.turn_to(|| self.screen.set(Screen::Sections));
        focus::soon(focus::SECTIONS);
        // Those of before may be of another language.
        self.sections.set(Vec::new());
        self.no_sections.set(false);
        let door = self.door(&["/sections/", &self.locale.now()]);
        task::go(async move {
            match http::get(&door, self.reader().as_ref()).await.ok().and_then(|json| wire::sections(&json)) {
                Some(sections) => self.sections.set(sections),
                None => self.no_sections.set(true),
            }
        });
    }
}
