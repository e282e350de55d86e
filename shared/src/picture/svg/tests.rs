use super::*;

fn written(svg: &str) -> String {
    String::from_utf8(clean(svg.as_bytes()).unwrap_or_else(|error| panic!("{error}: {svg}")).bytes).unwrap()
}

fn refused(svg: &str) -> &'static str {
    clean(svg.as_bytes()).err().unwrap_or_else(|| panic!("taken: {}", written(svg)))
}

#[test]
fn what_is_drawn_is_written_anew_in_its_own_case() {
    let svg = "\u{feff}<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x' [ <!ENTITY n 'v'> ]>
        <!-- made by somebody --><svg:svg xmlns:svg='http://www.w3.org/2000/svg' viewBox='0 0 8 4' width='16'>
        <metadata><rdf:RDF>Somebody</rdf:RDF></metadata><sodipodi:namedview id='v'/><title>By somebody</title>
        <style><![CDATA[.a > .b { fill: red }]]></style>
        <linearGradient id='g' gradientUnits='userSpaceOnUse'><stop offset='0' stop-color='#fff'/></linearGradient>
        <a href='https://x.example'><path class='a' d='M0 0h8' fill='url(#g)' style='stroke:#000;-inkscape-stroke:1;fill:url(&quot;#g&quot;)' inkscape:x='1' onclick='x()'/></a>
        <text x='1'>a &lt; <tspan>b</tspan></text><use xlink:href='#g'/></svg:svg> after";
    let written = written(svg);
    assert_eq!(
        written,
        "<svg viewBox=\"0 0 8 4\" width=\"16\" height=\"8\" xmlns=\"http://www.w3.org/2000/svg\"><style>.a &gt; .b { fill: red }</style>\
         <linearGradient gradientUnits=\"userSpaceOnUse\" id=\"g\"><stop offset=\"0\" stop-color=\"#fff\"></stop></linearGradient>\
         <g><path class=\"a\" d=\"M0 0h8\" fill=\"url(#g)\" style=\"stroke:#000;fill:url(&quot;#g&quot;);\"></path></g>\
         <text x=\"1\">a &lt; <tspan>b</tspan></text><use href=\"#g\"></use></svg>"
    );
    // A second reading changes nothing.
    assert_eq!(self::written(&written), written);
}

#[test]
fn nothing_of_a_program_or_an_address_is_left() {
    for svg in [
        "<svg width='1' height='1'><script>secret()</script><g onload='secret()'/></svg>",
        "<svg width='1' height='1'><foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><p onclick='secret'>secret</p></body></foreignObject></svg>",
        "<svg width='1' height='1'><animate attributeName='href' to='secret'/><set to='secret'/><a href='javascript:secret'><path d='M0'/></a></svg>",
        "<svg width='1' height='1'><desc>secret</desc><script><![CDATA[ </script><path d='secret' ]]></script></svg>",
        "<svg width='1' height='1' onload='secret' xmlns:x='secret'><iframe src='secret'/><style type='secret'/></svg>",
    ] {
        match clean(svg.as_bytes()) {
            Ok(clean) => assert!(
                !String::from_utf8(clean.bytes).unwrap().replace("type=\"secret\"", "").contains("secret"),
                "{svg}"
            ),
            Err(error) => assert_eq!(error, "it is damaged", "{svg}"),
        }
    }
    for inside in [
        "<use href='https://x.example/a.svg#a'/>",
        "<use xlink:href='data:image/svg+xml,x'/>",
        "<path fill='url(https://x.example/#a)'/>",
        "<path fill='URL( //x.example/a )'/>",
        "<path style='fill:u\\72l(//x.example/a)'/>",
        "<path style='fill:image-set(\"//x.example/a\" 1x)'/>",
        "<style>a{fill:url(//x.example/a)}</style>",
    ] {
        assert_eq!(refused(&format!("<svg width='1' height='1'>{inside}</svg>")), ELSEWHERE, "{inside}");
    }
    for inside in [
        "<style>@import 'https://x.example/a.css'</style>",
        "<style>@font-face{src:url(#a)}</style>",
        "<style>*{filter:blur(9px)}</style>",
    ] {
        assert!(refused(&format!("<svg width='1' height='1'>{inside}</svg>")).contains("style"), "{inside}");
    }
    assert!(
        refused("<svg width='1' height='1'><image href='data:image/png;base64,x'/></svg>").contains("another picture")
    );
}

#[test]
fn a_picture_that_shows_its_parts_over_and_over_is_refused_at_once() {
    let level =
        |number: usize| format!("<g id='l{number}'>{}</g>", format!("<use href='#l{}'/>", number + 1).repeat(10));
    let levels: String = (0..7).map(level).collect();
    assert_eq!(refused(&format!("<svg width='1' height='1'>{levels}<path id='l7' d='M0'/></svg>")), COSTLY);
    let patterns: String = (0..7)
        .map(|n| {
            format!(
                "<pattern id='l{n}' width='1' height='1'>{}</pattern>",
                format!("<rect fill='url(#l{})'/>", n + 1).repeat(20)
            )
        })
        .collect();
    assert_eq!(refused(&format!("<svg width='1' height='1'>{patterns}<rect fill='url(#l0)'/></svg>")), COSTLY);
    let patterns = patterns.replace(" fill='url(#", " class='").replace(")'/>", "'/>");
    let sheet: String = (1..7).map(|n| format!(".l{n}{{fill:url(#l{n})}}")).collect();
    assert_eq!(refused(&format!("<svg width='1' height='1'><style>{sheet}</style>{patterns}</svg>")), COSTLY);
    assert_eq!(refused("<svg width='1' height='1'><g id='a'><use href='#a'/></g></svg>"), COSTLY);
    assert_eq!(
        refused("<svg width='1' height='1' id='a'><mask id='b'><use href='#a'/></mask><g mask='url(#b)'/></svg>"),
        COSTLY
    );
    let many = format!(
        "<svg width='1' height='1'><filter id='f'><feFlood/></filter>{}</svg>",
        "<g filter='url(#f)'/>".repeat(2000)
    );
    assert_eq!(refused(&many), COSTLY);
    assert!(refused(&"<svg width='1' height='1'><g>".replace("<g>", &"<g>".repeat(200))).contains("deep"));
    assert!(refused(&format!("<svg width='1' height='1'>{}</svg>", "<g/>".repeat(20_001))).contains("20,000"));
    assert!(refused(&["<svg>", &" ".repeat(MAX), "</svg>"].concat()).contains("1 MB"));
    let marker = |points: usize| {
        let line = "L1 1".repeat(points);
        format!(
            "<svg width='1' height='1'><marker id='m'><path d='M0'/></marker><g marker-mid='url(#m)'><path d='{line}'/></g></svg>"
        )
    };
    assert_eq!(refused(&marker(100_000)), COSTLY);
    assert_eq!(refused(&marker(100_000).replace("marker-mid='url(#m)'", "style='marker:url(#m)'")), COSTLY);
    written(&marker(1_000));
    assert_eq!(refused("<svg width='1' height='1'><filter><feTurbulence numOctaves='99'/></filter></svg>"), COSTLY);
    let rules = "a b c{fill:red}".repeat(5_000);
    assert_eq!(
        refused(&format!("<svg width='1' height='1'><style>{rules}</style>{}</svg>", "<g/>".repeat(5_000))),
        COSTLY
    );
    // As icons are drawn.
    written(
        "<svg viewBox='0 0 9 9'><defs><clipPath id='c'><path d='M0'/></clipPath><filter id='f'><feGaussianBlur stdDeviation='2'/></filter></defs><g id='a' clip-path='url(#c)' filter='url(#f)'><use href='#p'/><path id='p' d='M0'/></g></svg>",
    );
}

#[test]
fn its_size_is_what_it_says_or_what_it_shows() {
    for (head, size) in [
        ("width='20' height='10px'", Ok((20, 10))),
        ("width='1in' height='72pt'", Ok((96, 96))),
        ("width='100%' height='100%' viewBox='0 0 24,48'", Ok((24, 48))),
        ("width='10mm' viewBox='0 0 2 1'", Ok((38, 19))),
        ("height='4e1' viewBox='-1 -1 2 1'", Ok((2, 1))),
        ("viewBox='0 0 .2 .1'", Ok((1, 1))),
        ("width='0' height='0'", Err("it has no size")),
        ("viewBox='0 0 0 0'", Err("it has no size")),
        ("width='20000' height='10'", Err("it has no size")),
        ("", Err("it has no size")),
    ] {
        let found = clean(format!("<svg {head}><path d='M0'/></svg>").as_bytes());
        assert_eq!(found.map(|clean| (clean.width, clean.height)), size, "{head}");
    }
    for (svg, error) in [
        ("<svg viewBox='0 0 1 1'><g></svg>", "it is damaged"),
        ("<svg viewBox='0 0 1 1'>", "it is damaged"),
        ("<html><body><svg viewBox='0 0 1 1'/></body></html>", crate::picture::NO_PICTURE),
        ("<p>", crate::picture::NO_PICTURE),
    ] {
        assert_eq!(crate::picture::clean(svg.as_bytes()).map(|clean| clean.kind), Err(error), "{svg}");
    }
}
