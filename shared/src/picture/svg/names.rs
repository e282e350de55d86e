//! What of SVG is drawn: the elements and attributes that are kept, in the case that SVG writes them in. A tokenizer of HTML gives small
//! letters alone.

/// Elements that are kept. Programs, animations, other pictures and HTML are not among them.
const ELEMENTS: [&str; 46] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "style",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "marker",
    "filter",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "feTile",
    "fePointLight",
    "feSpotLight",
    "feDistantLight",
    "feDiffuseLighting",
    "feSpecularLighting",
    "feDisplacementMap",
];

/// Elements of which the content is kept, in a group: links, and choices between contents.
const GROUPS: [&str; 2] = ["a", "switch"];

/// Attributes that are kept, and with them the properties of a `style`.
const ATTRIBUTES: &str = "id class style transform fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap \
    stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color display visibility overflow clip-path clip-rule \
    mask filter marker marker-start marker-mid marker-end vector-effect paint-order shape-rendering text-rendering color-interpolation \
    color-interpolation-filters mix-blend-mode isolation transform-origin transform-box \
    x y x1 y1 x2 y2 cx cy r rx ry fx fy fr width height d points pathLength dx dy rotate textLength lengthAdjust \
    font font-family font-size font-style font-weight font-variant font-stretch line-height letter-spacing word-spacing text-anchor \
    text-decoration dominant-baseline alignment-baseline baseline-shift writing-mode direction unicode-bidi startOffset method spacing \
    side xml:space white-space text-align \
    offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod href patternUnits patternContentUnits patternTransform \
    clipPathUnits maskUnits maskContentUnits mask-type markerUnits markerWidth markerHeight refX refY orient viewBox preserveAspectRatio \
    filterUnits primitiveUnits in in2 result stdDeviation edgeMode flood-color flood-opacity operator k1 k2 k3 k4 mode type values \
    tableValues slope intercept amplitude exponent radius surfaceScale diffuseConstant specularConstant specularExponent lighting-color \
    azimuth elevation z pointsAtX pointsAtY pointsAtZ limitingConeAngle \
    scale xChannelSelector yChannelSelector";

/// The element under which this one is kept.
pub(super) fn element(name: &str) -> Option<&'static str> {
    let name = name.strip_prefix("svg:").unwrap_or(name);
    if GROUPS.iter().any(|group| group.eq_ignore_ascii_case(name)) {
        return Some("g");
    }
    ELEMENTS.iter().find(|known| known.eq_ignore_ascii_case(name)).copied()
}

/// The name under which this attribute is kept.
pub(super) fn attribute(name: &str) -> Option<&'static str> {
    let name = name.strip_prefix("xlink:").unwrap_or(name);
    ATTRIBUTES.split_ascii_whitespace().find(|known| known.eq_ignore_ascii_case(name))
}

/// Whether what stands in this element is text that is drawn, or that says how it is drawn.
pub(super) fn holds_text(element: &str) -> bool {
    matches!(element, "text" | "tspan" | "textPath" | "style")
}

/// Whether an address in this element says what else is drawn.
pub(super) fn takes_address(element: &str) -> bool {
    matches!(element, "use" | "linearGradient" | "radialGradient" | "pattern" | "textPath" | "filter")
}

/// Whether this element shows another picture, so that this one would be another without it.
pub(super) fn is_picture(name: &str) -> bool {
    matches!(name, "image" | "feimage" | "video" | "canvas")
}

/// Whether this element is drawn point by point, for as long as its attributes say.
pub(super) fn is_costly(name: &str) -> bool {
    matches!(name, "feturbulence" | "feconvolvematrix")
}
