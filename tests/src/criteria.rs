//! What WCAG 2.2 asks of all that can be pressed or reached, measured in the current document.

use crate::browser::{Browser, Key};
use serde_json::json;

/// 2.5.8 (targets of 24 pixels), 2.4.7 and 2.4.11 (who has the focus is seen and not covered), 1.4.11 (the edge of a field has three times the
/// light of what is around it).
const MEASURE: &str = r#"
    const out = [];
    const say = (one, what) => out.push(`${what}: ${one.tagName.toLowerCase()}.${one.className} ${one.textContent.trim().slice(0, 40)}`);
    const isSeen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && one.getBoundingClientRect().width > 1;
    const all = [...document.querySelectorAll('button, a[href], input, textarea, select, summary, [role=combobox], [role=option], [tabindex="0"], .desk-box')].filter(isSeen);
    // In a sentence; a browser makes a block in the line of a button.
    const isInText = (one) => one.matches('a, button.link') && getComputedStyle(one).display.startsWith('inline')
        && one.parentElement.textContent.trim().length > one.textContent.trim().length;
    const light = (colour) => {
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
        if (a < 255) return undefined;
        const part = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
        return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    };
    const paper = (one) => {
        for (let at = one; at; at = at.parentElement) {
            const found = light(getComputedStyle(at).backgroundColor);
            if (found !== undefined) return found;
        }
        return 1;
    };
    const before = document.activeElement;
    for (const one of all) {
        // A label is pressed for its box.
        const box = (one.matches('[type=checkbox]') ? (one.closest('label') ?? one) : one).getBoundingClientRect();
        if (!one.disabled && !isInText(one) && !one.matches('.desk-box') && (box.width < 24 || box.height < 24)) say(one, `only ${box.width} by ${box.height}`);
        if (one.matches('input:not([type=checkbox], [type=radio]), textarea, .desk-box')) {
            const style = getComputedStyle(one), edge = light(style.borderTopColor), around = paper(one.parentElement);
            const ratio = (Math.max(edge, around) + 0.05) / (Math.min(edge, around) + 0.05);
            if (parseFloat(style.borderTopWidth) && ratio < 3) say(one, `an edge of ${ratio.toFixed(2)}`);
        }
        if (one.disabled || one.matches('[role=option], [tabindex="-1"], .desk-box')) continue;
        one.focus();
        if (document.activeElement !== one) continue;
        const hasMark = (at) => {
            const style = getComputedStyle(at);
            return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
        };
        if (!hasMark(one) && !(one.matches('[role=combobox], input') && hasMark(one.parentElement))) say(one, 'the focus is not seen');
        const now = one.getBoundingClientRect();
        const within = (value, most) => Math.min(Math.max(value, 1), most - 1);
        const tops = [0.1, 0.5, 0.9].flatMap((across) => [0.1, 0.5, 0.9].map((down) =>
            document.elementFromPoint(within(now.left + now.width * across, innerWidth), within(now.top + now.height * down, innerHeight))));
        const isCovered = (top) => top && !one.contains(top) && !top.contains(one) && !top.closest('label')?.contains(one);
        if (tops.every(isCovered)) say(one, `covered by ${tops[4].className || tops[4].tagName}`);
    }
    before?.focus();
    return out;"#;

/// The state of a page that is named so has none of these faults.
pub fn expect_usable(browser: &Browser, what: &str) {
    // After a key, the browser marks what has the focus.
    browser.press(&[Key::Home]);
    assert_eq!(browser.script(MEASURE, &[]), json!([]), "{what}");
}
