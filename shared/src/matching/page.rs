//! The page where a visitor is, as documents belong to pages.

/// The path of a page's address, by which documents may belong to it: without scheme, host, query and fragment. A path stays as
/// it is; empty if there is none.
pub fn page_path(address: &str) -> &str {
    let address = address.split(['?', '#']).next().unwrap_or("");
    if address.starts_with('/') {
        return address;
    }
    // The library's search for more than one letter weighs two kilobytes.
    let scheme = address.as_bytes().windows(3).position(|mark| mark == b"://");
    let after_scheme = scheme.and_then(|at| address.get(at + 3..)).unwrap_or("");
    after_scheme.find('/').and_then(|at| after_scheme.get(at..)).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::page_path;

    #[test]
    fn a_path_has_neither_origin_nor_query() {
        let check = |address: &str, expected: &str| assert_eq!(page_path(address), expected, "{address}");
        check("https://shop.example/cart/2?a=/b#c", "/cart/2");
        check("https://shop.example", "");
        check("https://shop.example?next=/cart", "");
        check("/cart?a#b", "/cart");
        check("shop.example/cart", "");
        check("", "");
    }
}
