// The look of what stands on the host page. Pixels, because a host's `rem` can be anything; nothing is inherited.
//
// In a shadow tree, what is important outranks all that the page says of the host element, important or not. There are no custom
// properties: they are inherited whatever `all` says, and a page that registers one of the same name says what values it can have.
//
// The layer is the browser's own top one, whose backdrop a page may have coloured for its dialogs. Browsers without it have a layer
// above a host's own, and under the highest value, which hosts keep for emergencies.
// Ink on paper until the owner gives an accent: that is at home on every site. What stands on the accent is black or white,
// whichever has more contrast: both have the same at a CIE lightness of 49.4. Browsers that cannot count with colours draw it in grey.
// The section is as large as the window, less the distance that the owner wants, and nothing of it is in anybody's way. Its borders can be
// seen where the browser draws all in the visitor's own colours. In a rule, what comes first is what compresses best.
//
// The icon is a bubble with a half-typed line and its cursor; open, it is an arrow down. What stands in the panel's place has its
// header, two lines and its composer.

import { sheetOf } from "./dom.js";

const RULES = `\
:host{all:initial!important;z-index:99999999!important;color-scheme:inherit!important;position:fixed!important}\
:host::backdrop{display:none!important}\
@media print{*{display:none}}\
section{pointer-events:none;position:fixed;color-scheme:light dark}\
.light{color-scheme:light}\
.dark{color-scheme:dark}\
.page{color-scheme:inherit}\
*{font:15px system-ui}\
section>*{pointer-events:auto;position:absolute;border:1px solid #0000;right:0;box-shadow:0 4px 24px #0004}\
.left>*{left:0;right:auto}\
output,iframe{bottom:72px;background:canvas;height:min(640px,100% - 92px);border-radius:16px;width:400px}\
section:not(.wait) output,section:not(.ready) iframe{visibility:hidden}\
button{border-radius:50%;height:56px;width:56px}\
output+button{bottom:0;background:currentColor}\
output{display:flex}\
output>*{border:0;background:none}\
:first-child{flex:1}\
i,span{color:gray;color:lab(from currentColor calc((49.4 - l)*9e6) 0 0)}\
i{margin:auto;background:linear-gradient(currentColor 0 0)4px 7px/8px 2px no-repeat,linear-gradient(currentColor 0 0)15px 4px/2px 8px no-repeat;border:2px solid;display:block;border-radius:7px 7px 7px 1px;height:16px;width:22px}\
output:before,output:after{border:1px solid #8886;border-radius:12px;inset:auto 12px 52px;content:"";height:46px;position:absolute}\
output:after{inset:88px 40% auto 20px;border-width:12px 0;height:14px;border-radius:0}\
@media(max-width:479.99px){.open>:not(button){border:0;width:100%;position:fixed;inset:0;height:100%;border-radius:0}.open>output+button{display:none}}`;

export const sheet = sheetOf(RULES);
