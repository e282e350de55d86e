//! What modules of JavaScript import from each other.

use super::super::File;

/// The line, the words of each import of a file, and the path of the file that it names; not those of packages.
pub(super) fn imports(file: &File) -> Vec<(usize, &str, String)> {
    if !file.has_ending(&["js"]) {
        return Vec::new();
    }
    let named =
        |line: &'_ str| line.starts_with("import ") || line.starts_with("} from ") || line.starts_with("export ");
    let lines = file.lines().filter(|(_, line)| named(line));
    lines
        .filter_map(|(number, line)| {
            let (_, rest) = line.split_once("\"./").or_else(|| line.split_once("\"../"))?;
            let (path, _) = rest.split_once('"')?;
            let levels = if line.contains("\"../") { 2 } else { 1 };
            let folder = file.path.rsplitn(levels + 1, '/').nth(levels).unwrap_or_default();
            Some((number, line.trim_end_matches(';'), beside(folder, path)))
        })
        .collect()
}

/// A path from a folder, with further steps up at its beginning.
fn beside(folder: &str, path: &str) -> String {
    match path.strip_prefix("../") {
        Some(path) => beside(folder.rsplit_once('/').map_or("", |(above, _)| above), path),
        None if folder.is_empty() => path.to_owned(),
        None => format!("{folder}/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sample::file;

    #[test]
    fn an_import_names_a_file_of_ours_by_its_way_from_the_importing_one() {
        let check = |line: &str, expected: &[&str]| {
            let file = file("a/b/c.js", line);
            let paths: Vec<_> = imports(&file).into_iter().map(|(_, _, path)| path).collect();
            assert_eq!(paths, expected, "{line}");
        };
        check("import { x } from \"./x.js\";", &["a/b/x.js"]);
        check("import x from \"../d/x.js\";", &["a/d/x.js"]);
        check("import \"../../x.js\";", &["x.js"]);
        check("export { x } from \"./d/x.js\";", &["a/b/d/x.js"]);
        check("import { join } from \"node:path\";", &[]);
        check("const path = \"./x.js\";", &[]);
    }
}
