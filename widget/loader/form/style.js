// What stands beneath a field of the page's own form. Letters, paper and corners are the field's (`field.js`); all lines are of the colour of its letters.
// In a shadow tree, what is important outranks all that the page says of the element itself.

import { sheetOf } from "../dom.js";

const RULES = `\
:host{all:unset!important;display:block!important;grid-column:1/-1!important;flex:1 1 100%!important;min-width:0!important;text-align:start!important}\
:host([hidden]),[hidden]{display:none!important}\
*{box-sizing:border-box}\
section{margin-top:8px;border:1px solid;border-color:color-mix(in srgb,currentColor 30%,#0000);padding:4px;line-height:1.5;overflow-wrap:anywhere}\
output{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}\
ul{list-style:none;margin:0;padding:0}\
#heading{margin:0;padding:8px 12px 4px}\
li>button{all:unset;display:block;box-sizing:border-box;width:100%;min-height:44px;padding:8px 12px;border-radius:inherit;cursor:pointer}\
li>button:hover{background:color-mix(in srgb,currentColor 7%,#0000)}\
.text:focus-visible,button:focus-visible,a:focus-visible,.wide:focus-visible,summary:focus-visible{outline:2px solid;outline-offset:-2px}\
b,li>button>span{display:block}\
b{font-weight:600}\
li>button>span{font-size:.875em;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}\
li>button[aria-expanded=true]>span{display:none}\
small{font-size:.8125em;font-weight:600}\
mark{background:none;color:inherit;font-weight:600;text-decoration:underline;text-underline-offset:3px;text-decoration-thickness:1px}\
b mark{font-weight:inherit}\
li>div{padding:0 12px 12px}\
li>div ul{list-style:disc}\
li>div ul,li>div ol{padding-inline-start:1.5em}\
p,pre,ul,ol,dl,table,figure,blockquote,aside{margin:0 0 .75em}\
li>div ul,li>div ol{margin:0 0 .75em}\
.title{font-weight:600;margin-top:1em}\
.text{max-height:min(320px,50vh);overflow-y:auto;margin-bottom:12px}\
li>button{position:relative;padding-inline-end:40px!important}\
li>button:after{content:"";position:absolute;inset-block-start:18px;inset-inline-end:18px;width:7px;height:7px;border:solid;border-width:0 2px 2px 0;transform:rotate(45deg)}\
li>button[aria-expanded=true]:after{transform:translateY(4px)rotate(225deg)}\
aside,blockquote{border-inline-start:3px solid;padding-inline-start:12px}\
aside small,aside strong{display:block}\
img{max-width:100%;height:auto}\
.wide{overflow-x:auto}\
pre{font-family:ui-monospace,monospace;font-size:.875em;border:1px solid;border-color:color-mix(in srgb,currentColor 30%,#0000);padding:8px}\
table{border-collapse:collapse}\
td,th{border:1px solid;border-color:color-mix(in srgb,currentColor 30%,#0000);padding:4px 8px;text-align:start;vertical-align:top}\
.link{all:unset;cursor:pointer}\
a,.link{color:inherit;text-decoration:underline}\
.choice{all:unset;display:inline-block;margin-block-end:8px;box-sizing:border-box;min-height:44px;padding:10px 16px;margin-inline-end:8px;border:1px solid;border-radius:inherit;cursor:pointer}\
.choice:hover{background:color-mix(in srgb,currentColor 7%,#0000)}\
section>ul,li,li>div,.own{border-radius:inherit}`;

export const sheet = sheetOf(RULES);
