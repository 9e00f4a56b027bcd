/**
 * A tree → its paragraphs: block elements become blocks, inline white space is collapsed as a browser shows it, and what surrounds
 * an article (navigation, consent, sharing, comments) is taken out before.
 */
import { ELEMENT_NODE, TEXT_NODE, type Tree, type TreeElement, type TreeNode } from "./dom.ts";

export interface Block {
  text: string;
  /** How much of the text stands in links, in UTF-16 units: menus are nearly all links. */
  linkLength: number;
}

const INVISIBLE =
  "script, style, noscript, template, svg, math, iframe, object, embed, canvas, audio, video, form, button, input, select, textarea, dialog, nav, [hidden], [aria-hidden=true], [role=navigation], [role=search], [role=dialog], [role=alertdialog], [role=menu], [role=contentinfo], [role=complementary], body > footer, body > div > footer, article footer nav";

/** Names that designers give to what is no article. Whole words of class and id, so that "shareholders" is no sharing bar. */
const CLUTTER =
  /(?:^|[\s_-])(?:cookies?|consent|gdpr|rgpd|cmp|onetrust|didomi|share|sharing|social|socials|partage|partager|newsletter|subscribe|subscription|abonnement|abonnez|paywall|promo|advert|advertisement|ads?|publicite|sponsor|sponsored|related|recommended|recommendations|lire-aussi|a-lire|read-more|most-read|breadcrumbs?|menu|navbar|nav|navigation|sidebar|comments?|commentaires?|tags?|tag-list|skip-link|print-only|screen-reader-text|sr-only|visually-hidden|popup|modal|banner|toolbar|mw-editsection|catlinks|noprint|printfooter|mw-jump-link)(?=$|[\s_-])/i;
/** A wrapper of the whole page may carry such a name ("page-with-sidebar"): what holds this share of the text is kept. */
const MAX_CLUTTER_SHARE = 0.3;

/** Takes out what a reader of the article does not read. Changes the tree. */
export function removeClutter(tree: Tree): void {
  for (const element of [...tree.querySelectorAll(INVISIBLE)]) element.remove();
  const total = Math.max(1, proseLength(tree.documentElement));
  for (const element of [...tree.querySelectorAll("[class], [id], [style]")]) {
    if (element.parentNode === null || isRoot(element)) continue;
    if (isHidden(element)) element.remove();
    else if (hasClutterName(element) && proseLength(element) <= total * MAX_CLUTTER_SHARE) element.remove();
  }
}

function isRoot(element: TreeElement): boolean {
  return /^(?:html|head|body|main|article|h1)$/i.test(element.nodeName);
}

function isHidden(element: TreeElement): boolean {
  return /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(element.getAttribute("style") ?? "");
}

function hasClutterName(element: TreeElement): boolean {
  const names = `${element.getAttribute("class") ?? ""} ${element.getAttribute("id") ?? ""}`;
  return CLUTTER.test(names);
}

/** Text in paragraphs: what an article is made of. */
function proseLength(element: TreeElement): number {
  let length = 0;
  for (const paragraph of element.querySelectorAll("p")) length += paragraph.textContent?.length ?? 0;
  return length;
}

const BLOCK =
  /^(?:address|article|aside|blockquote|body|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hgroup|hr|html|legend|li|main|menu|nav|ol|option|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul)$/;
const SKIPPED = /^(?:head|title|script|style|noscript|template|svg|iframe|button|select|textarea)$/;
const CELL = /^(?:td|th)$/;

/** The blocks of an element in reading order. Walks without recursion: depth costs no stack. */
export function blocksOf(root: TreeElement): Block[] {
  const blocks: Block[] = [];
  let text = "";
  let linkLength = 0;
  let links = 0;
  const flush = () => {
    for (const part of text.split(/\n[\s]*\n/)) blocks.push({ text: collapse(part), linkLength: 0 });
    const last = blocks.at(-1);
    if (last !== undefined) last.linkLength = linkLength;
    text = "";
    linkLength = 0;
  };
  const enter = (node: TreeNode, name: string): boolean => {
    if (node.nodeType === TEXT_NODE) {
      const value = (node.textContent ?? "").replace(/[ \t\r\n\f]+/g, " ");
      text += value;
      if (links > 0) linkLength += value.trim().length;
      return false;
    }
    if (node.nodeType !== ELEMENT_NODE || SKIPPED.test(name)) return false;
    if (name === "br") text += "\n";
    if (name === "a") links += 1;
    if (BLOCK.test(name)) flush();
    if (CELL.test(name) && text.trim() !== "") text += " | ";
    return true;
  };
  const leave = (name: string) => {
    if (name === "a") links -= 1;
    if (BLOCK.test(name)) flush();
  };

  let node: TreeNode = root;
  for (;;) {
    if (enter(node, nameOf(node)) && node.firstChild !== null) {
      node = node.firstChild;
      continue;
    }
    if (node.nodeType === ELEMENT_NODE && !SKIPPED.test(nameOf(node))) leave(nameOf(node));
    while (node !== root && node.nextSibling === null && node.parentNode !== null) {
      node = node.parentNode;
      leave(nameOf(node));
    }
    if (node === root || node.nextSibling === null) break;
    node = node.nextSibling;
  }
  flush();
  return blocks.filter((block) => block.text !== "");
}

function nameOf(node: TreeNode): string {
  return node.nodeName.toLowerCase();
}

/** White space as a browser shows it; no-break spaces stay, for they are characters of the text. */
function collapse(text: string): string {
  return text
    .replace(/[ \t\r\f]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/^[ \n]+|[ \n]+$/g, "")
    .replace(/[\u00AD\u200B\u2060\uFEFF]/g, "");
}
