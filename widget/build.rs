//! Says whether the program is two modules: where that is asked for, in a build for a browser that travels. Tests have all in one, also those
//! with all features. The linker keeps the relocations, by which the program is taken apart.

use std::env::var;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(two_modules)");
    let is = |name: &str, wanted: &str| var(name).is_ok_and(|value| value == wanted);
    if var("CARGO_FEATURE_SPLIT").is_ok() && is("PROFILE", "release") && is("CARGO_CFG_TARGET_ARCH", "wasm32") {
        println!("cargo::rustc-cfg=two_modules");
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
