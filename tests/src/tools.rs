//! Where the built product and the tools are, as `cargo xtask test` tells it.

use std::path::PathBuf;

/// The built product: `worker/`, `assets/`, `www/` and `content.json`.
pub fn dist() -> PathBuf {
    named("BEFOREHAND_DIST")
}

/// The engine.
pub fn workerd() -> PathBuf {
    named("BEFOREHAND_WORKERD")
}

/// The npm package.
pub fn package() -> PathBuf {
    named("BEFOREHAND_PACKAGE")
}

/// The WebDriver server of the browser.
pub fn chromedriver() -> PathBuf {
    named("BEFOREHAND_CHROMEDRIVER")
}

/// The browser.
pub fn chromium() -> PathBuf {
    named("BEFOREHAND_CHROMIUM")
}

/// The accessibility checker, as one script.
pub fn axe() -> PathBuf {
    named("BEFOREHAND_AXE")
}

/// The scripts of pages that frameworks take over.
pub fn frameworks() -> PathBuf {
    named("BEFOREHAND_FRAMEWORKS")
}

/// The proxy nginx.
pub fn nginx() -> PathBuf {
    named("BEFOREHAND_NGINX")
}

/// The proxy Caddy.
pub fn caddy() -> PathBuf {
    named("BEFOREHAND_CADDY")
}

/// Cloudflare's program, a script.
pub fn wrangler() -> PathBuf {
    named("BEFOREHAND_WRANGLER")
}

/// Lighthouse, a script.
pub fn lighthouse() -> PathBuf {
    named("BEFOREHAND_LIGHTHOUSE")
}

/// A Node that is new enough for them.
pub fn node() -> PathBuf {
    named("BEFOREHAND_NODE")
}

/// The project's own command, as `cargo xtask` runs it.
pub fn xtask() -> PathBuf {
    named("BEFOREHAND_XTASK")
}

fn named(variable: &str) -> PathBuf {
    let Some(path) = std::env::var_os(variable) else {
        panic!("{variable} is not set. Run these tests by `cargo xtask test`.");
    };
    let path = PathBuf::from(path);
    assert!(path.exists(), "{variable} names {}, which is not there", path.display());
    path
}
