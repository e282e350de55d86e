//! Shortens the names by which a module and its glue know each other. wasm-bindgen ends most of them with a hash, which no
//! compressor shortens, and both files carry each of them. In bytes of brotli that saves 3,500 of the panel (2,010 of the module and
//! 1,490 of the glue) and 5,150 of the inbox.

use crate::Outcome;
use std::collections::BTreeMap;

/// The pass of wasm-opt that shortens the module's own names, and prints which name became which.
pub(super) const SHORTEN: &str = "--minify-imports-and-exports-and-modules";

/// What an exported name became.
pub(super) fn exported(printed: &str, name: &str) -> Outcome<String> {
    Names::read(printed)?.exports.remove(name).ok_or_else(|| format!("the module does not export {name}"))
}

/// The glue with the names that the pass gave; `printed` is what it printed.
pub(super) fn follow(printed: &str, glue: &str) -> Outcome<String> {
    let Names { module, short_module, imports, exports } = Names::read(printed)?;
    let mut out = String::with_capacity(glue.len());
    let mut given = 0;
    let mut rest = glue;
    while let Some(start) = rest.find(is_in_names) {
        let (before, word) = rest.split_at(start);
        let (word, after) = word.split_at(word.find(|c| !is_in_names(c)).unwrap_or(word.len()));
        out.push_str(before);
        let import = imports.get(word).filter(|_| after.starts_with(':'));
        let export = exports.get(word).filter(|_| out.ends_with("wasm."));
        given += usize::from(import.is_some());
        out.push_str(import.or(export).map_or(word, String::as_str));
        rest = after;
    }
    out.push_str(rest);
    if given != imports.len() {
        return Err(format!("the glue gives {given} of the {} imports of its module", imports.len()));
    }
    Ok(out.replace(&format!("\"{module}\":"), &format!("\"{short_module}\":")))
}

/// What was shortened to what.
struct Names {
    module: String,
    short_module: String,
    imports: BTreeMap<String, String>,
    exports: BTreeMap<String, String>,
}

impl Names {
    /// Reads `{"imports": [[MODULE, NAME, SHORT]...], "exports": [[NAME, SHORT]...]}`. All imports are of one module, which
    /// the pass calls `a`.
    fn read(printed: &str) -> Outcome<Self> {
        let json = printed.find('{').and_then(|start| printed.get(start..=printed.rfind('}')?)).unwrap_or_default();
        let failed = |error| format!("wasm-opt printed no names: {error}");
        let mut read: BTreeMap<String, Vec<Vec<String>>> = serde_json::from_str(json).map_err(failed)?;
        let mut names = Self {
            module: String::new(),
            short_module: "a".to_owned(),
            imports: BTreeMap::new(),
            exports: read.remove("exports").unwrap_or_default().into_iter().filter_map(pair).collect(),
        };
        for row in read.remove("imports").unwrap_or_default() {
            let [module, name, short] = <[String; 3]>::try_from(row).map_err(|row| format!("no import: {row:?}"))?;
            if !names.imports.is_empty() && module != names.module {
                return Err(format!("one glue is expected, and the module imports from {} and {module}", names.module));
            }
            names.module = module;
            names.imports.insert(name, short);
        }
        Ok(names)
    }
}

fn pair(row: Vec<String>) -> Option<(String, String)> {
    <[String; 2]>::try_from(row).ok().map(|[name, short]| (name, short))
}

/// The characters of JavaScript's names, as far as wasm-bindgen uses them.
fn is_in_names(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = r#"
        a warning
        { "imports": [["./x_bg.js", "__wbg_now_1f", "$"], ["./x_bg.js", "__wbg_new_2e", "b"]],
          "exports": [["memory", "c"], ["invoke", "d"], ["invoke_2", "e"]] }"#;

    #[test]
    fn the_glue_gives_and_takes_what_the_module_asks_for_and_has() {
        let glue = r#"const import0 = { __wbg_now_1f: function() {}, __wbg_new_2e: function() {} };
return { "./x_bg.js": import0 };
function invoke_2(memory) { wasm.invoke_2(wasm.memory, "invoke"); }"#;
        let expected = r#"const import0 = { $: function() {}, b: function() {} };
return { "a": import0 };
function invoke_2(memory) { wasm.e(wasm.c, "invoke"); }"#;
        assert_eq!(follow(PRINTED, glue).as_deref(), Ok(expected));
    }

    #[test]
    fn a_glue_that_lacks_an_import_is_refused() {
        assert!(follow(PRINTED, "{ __wbg_now_1f: 1 }").is_err_and(|error| error.contains("1 of the 2")));
        assert!(follow("nothing", "{}").is_err());
        let two = r#"{ "imports": [["./x.js", "f", "a"], ["./y.js", "g", "b"]] }"#;
        assert!(follow(two, "{ f: 1, g: 2 }").is_err_and(|error| error.contains("./y.js")));
    }
}
