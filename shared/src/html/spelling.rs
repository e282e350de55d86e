//! Ways in which the address of one page is written: by `http` or `https`, with a `/` at its end or without, with what counts where
//! visitors come from, and as the file from which a site makes the page.

use url::Url;

/// Parameters that count visitors, and change nothing on a page; all that begin with `utm_` do, too.
const COUNTING: [&str; 4] = ["gclid", "fbclid", "msclkid", "mc_eid"];
/// Ends of the names of files that sites make pages of.
const FILES: [&str; 3] = [".md", ".mdx", ".markdown"];
/// Files that are the page of their folder.
const OF_FOLDER: [&str; 2] = ["index", "readme"];

/// Addresses under which the page may be known that this one leads to, without a place in it; none if it is no page of the web.
pub fn spellings(address: &str) -> Vec<String> {
    let Ok(mut url) = Url::parse(address) else { return Vec::new() };
    let other = match url.scheme() {
        "http" => "https",
        "https" => "http",
        _ => return Vec::new(),
    };
    url.set_fragment(None);
    let query =
        url.query().map(|query| query.split('&').filter(|pair| !is_counting(pair)).collect::<Vec<_>>().join("&"));
    url.set_query(query.as_deref().filter(|query| !query.is_empty()));
    let path = String::from(url.path());
    if let Some(page) = page_of_file(&path) {
        url.set_path(page);
    }
    let path = String::from(url.path());
    let bare = path.trim_end_matches('/');
    let mut out = Vec::new();
    for scheme in [String::from(url.scheme()), String::from(other)] {
        if url.set_scheme(&scheme).is_err() {
            continue;
        }
        for path in [path.as_str(), bare, &[bare, "/"].concat()] {
            url.set_path(path);
            let mut spelling = String::from(url.clone());
            if !out.contains(&spelling) {
                out.push(spelling.clone());
            }
            // The first page of a site is written without a `/` as well.
            if bare.is_empty() && spelling.ends_with('/') {
                spelling.pop();
                out.push(spelling);
            }
        }
    }
    out
}

/// Whether an address names a file, of which a site makes a page, on the site of this page.
pub(crate) fn is_file_beside(address: &str, page: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    page_of_file(url.path()).is_some() && Url::parse(page).is_ok_and(|page| page.origin() == url.origin())
}

fn is_counting(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    name.starts_with("utm_") || COUNTING.contains(&name)
}

/// The path of the page that is made of a file.
fn page_of_file(path: &str) -> Option<&str> {
    let small = path.to_ascii_lowercase();
    let end = FILES.iter().find(|end| small.ends_with(**end))?;
    let page = path.get(..path.len() - end.len())?;
    let (folder, name) = page.rsplit_once('/')?;
    let is_of_folder = OF_FOLDER.iter().any(|own| name.eq_ignore_ascii_case(own));
    Some(if is_of_folder { folder } else { page })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_is_written_in_many_ways() {
        for address in [
            "https://help.example/hc/7",
            "http://help.example/hc/7",
            "https://help.example/hc/7/",
            "https://HELP.example:443/hc/7#refunds",
            "https://help.example/hc/7?utm_source=mail&utm_medium=x&gclid=1",
            "https://help.example/hc/7.md#refunds",
            "https://help.example/hc/7/README.md",
            "https://help.example/hc/7/index.mdx",
        ] {
            let all = spellings(address);
            for known in ["https://help.example/hc/7", "http://help.example/hc/7", "https://help.example/hc/7/"] {
                assert!(all.iter().any(|one| one == known), "{address}: {all:?}");
            }
        }
        assert!(spellings("https://help.example").contains(&String::from("https://help.example")));
        assert!(spellings("https://help.example/?utm_x=1").contains(&String::from("https://help.example/")));
        assert!(spellings("https://h.example/a?id=7&utm_x=1").contains(&String::from("https://h.example/a?id=7")));
        assert!(!spellings("https://h.example/a?id=7").contains(&String::from("https://h.example/a")));
        assert_eq!(spellings("mailto:a@b.example"), Vec::<String>::new());
        let page = "https://h.example/a";
        assert!(is_file_beside("https://h.example/a/b.MD?x#y", page));
        assert!(
            !is_file_beside("https://h.example/a.pdf", page) && !is_file_beside("https://other.example/a.md", page)
        );
    }
}
