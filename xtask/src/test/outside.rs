//! What stands around the product once it is deployed: the proxies before it, and Cloudflare's program.

use crate::Outcome;
use crate::deploy::Wrangler;
use crate::places::{Places, on_path};
use crate::screen::Screen;
use crate::setup::debian;
use crate::setup::unpacked::{CADDY, NGINX};
use std::path::PathBuf;

/// The tests that need proxies, which not every machine can have.
const OF_PROXIES: &str = "proxies";

/// Set by machines that check a change: nothing may be left out there.
const CHECKING: &str = "CI";

/// The programs, each where it lies.
pub(super) struct Outside {
    /// nginx and Caddy; none on a machine that cannot have them.
    proxies: Option<[PathBuf; 2]>,
    wrangler: Wrangler,
    /// This program itself: documents tell their readers to use it.
    xtask: PathBuf,
}

impl Outside {
    pub(super) fn set_up(places: &Places, screen: &Screen) -> Outcome<Self> {
        if on_path(&["curl"]).is_none() {
            debian::ensure(places, screen, &["curl"], "following the documents")?;
        }
        let proxies = NGINX.ensure(places, screen).and_then(|nginx| Ok([nginx, CADDY.ensure(places, screen)?]));
        let proxies = match proxies {
            Err(error) if std::env::var_os(CHECKING).is_none() => {
                screen.say(&format!("\nLEFT OUT: the tests of the proxies. {error}\n"));
                None
            }
            proxies => Some(proxies?),
        };
        let xtask = std::env::current_exe().map_err(|error| format!("xtask cannot find itself: {error}"))?;
        Ok(Self { proxies, wrangler: Wrangler::ensure(places, screen)?, xtask })
    }

    /// The programs by the names of the variables in which tests look for them.
    pub(super) fn named(&self) -> Vec<(&'static str, &PathBuf)> {
        let mut named = vec![
            ("BEFOREHAND_NODE", &self.wrangler.node),
            ("BEFOREHAND_WRANGLER", &self.wrangler.script),
            ("BEFOREHAND_XTASK", &self.xtask),
        ];
        if let Some([nginx, caddy]) = &self.proxies {
            named.extend([("BEFOREHAND_NGINX", nginx), ("BEFOREHAND_CADDY", caddy)]);
        }
        named
    }

    /// The test target that cannot run here.
    pub(super) fn left_out(&self) -> Option<&'static str> {
        self.proxies.is_none().then_some(OF_PROXIES)
    }
}
