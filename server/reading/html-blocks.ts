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
  "sup.reference, sup[id^=cite_ref], script, style, noscript, template, svg, math, iframe, object, embed, canvas, audio, video, form, button, input, select, textarea, dialog, nav, [hidden], [aria-hidden=true], [role=navigation], [role=search], [role=dialog], [role=alertdialog], [role=menu], [role=contentinfo], [role=complementary], body > footer, body > div > footer, article footer nav";

/** Names that designers give to what is no article. Whole words of class and id, so that "shareholders" is no sharing bar. */
const CLUTTER =
  /(?:^|[\s_-])(?:cookies?|consent|gdpr|rgpd|cmp|onetrust|didomi|share|sharing|social|socials|partage|partager|newsletter|subscribe|subscription|abonnement|abonnez|paywall|promo|advert|advertisement|ads?|publicite|sponsor|sponsored|related|recommended|recommendations|lire-aussi|a-lire|read-more|most-read|breadcrumbs?|menu|navbar|nav|navigation|sidebar|comments?|commentaires?|tags?|tag-list|skip-link|print-only|screen-reader-text|sr-only|visually-hidden|popup|modal|banner|toolbar|mw-editsection|catlinks|noprint|printfooter|mw-jump-link)(?=$|[\s_-])/i;
/** A wrapper of the whole page may carry such a name ("page-with-sidebar"): what holds this share of the text is kept. */
const MAX_CLUTTER_SHARE = 0.3;
/** When the names would take more than this away, they mean something else on this page. */
const MAX_REMOVED_SHARE = 0.5;

/** Takes out what a reader of the article does not read. Changes the tree. */
export function removeClutter(tree: Tree): void {
  for (const element of [...tree.querySelectorAll(INVISIBLE)]) element.remove();
  const prose = proseLengths(tree.documentElement);
  const total = Math.max(1, prose.get(tree.documentElement) ?? 0);
  let removed = 0;
  for (const element of [...tree.querySelectorAll("[class], [id], [style]")]) {
    if (element.parentNode === null || isRoot(element)) continue;
    const length = prose.get(element) ?? 0;
    const isClutter =
      isHidden(element) ||
      (hasClutterName(element) && length <= total * MAX_CLUTTER_SHARE && removed + length <= total * MAX_REMOVED_SHARE);
    if (!isClutter) continue;
    removed += length;
    element.remove();
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

/** How much text in paragraphs, what an article is made of, stands inside each element: UTF-16 units, in one pass. */
function proseLengths(root: TreeElement): Map<TreeNode, number> {
  const lengths = new Map<TreeNode, number>();
  let paragraphs = 0;
  let total = 0;
  walk(root, {
    enter: (node) => {
      if (node.nodeType === TEXT_NODE && paragraphs > 0) total += (node.textContent ?? "").trim().length;
      if (nameOf(node) === "p") paragraphs += 1;
      lengths.set(node, total);
      return true;
    },
    leave: (node) => {
      if (nameOf(node) === "p") paragraphs -= 1;
      lengths.set(node, total - (lengths.get(node) ?? 0));
    },
  });
  return lengths;
}

const BLOCK =
  /^(?:address|article|aside|blockquote|body|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hgroup|hr|html|legend|li|main|menu|nav|ol|option|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul)$/;
const SKIPPED = /^(?:head|title|script|style|noscript|template|svg|iframe|button|select|textarea)$/;
const CELL = /^(?:td|th)$/;

/** The blocks of an element in reading order. */
export function blocksOf(root: TreeElement): Block[] {
  const blocks: Block[] = [];
  let text = "";
  let linkLength = 0;
  let links = 0;
  const flush = () => {
    for (const part of text.split(/\n\s*\n/)) blocks.push({ text: collapse(part), linkLength: 0 });
    const last = blocks.at(-1);
    if (last !== undefined) last.linkLength = linkLength;
    text = "";
    linkLength = 0;
  };
  walk(root, {
    enter: (node) => {
      if (node.nodeType === TEXT_NODE) {
        const value = (node.textContent ?? "").replace(/[ \t\r\n\f]+/g, " ");
        text += value;
        if (links > 0) linkLength += value.trim().length;
        return false;
      }
      const name = nameOf(node);
      if (node.nodeType !== ELEMENT_NODE || SKIPPED.test(name)) return false;
      if (name === "br") text += "\n";
      if (name === "a") links += 1;
      if (BLOCK.test(name)) flush();
      if (CELL.test(name) && text.trim() !== "") text += " | ";
      return true;
    },
    leave: (node) => {
      const name = nameOf(node);
      if (name === "a") links -= 1;
      if (BLOCK.test(name)) flush();
    },
  });
  flush();
  return blocks.filter((block) => block.text !== "");
}

/** Elements, texts and comments under the root, itself included. */
export function countNodes(root: TreeElement): number {
  let count = 0;
  walk(root, {
    enter: () => {
      count += 1;
      return true;
    },
    leave: () => undefined,
  });
  return count;
}

interface Visitor {
  /** Whether to go inside; only then is the node left too. */
  enter(node: TreeNode): boolean;
  leave(node: TreeNode): void;
}

/** Depth first without recursion: depth costs no stack. */
function walk(root: TreeNode, visitor: Visitor): void {
  let node = root;
  for (;;) {
    if (visitor.enter(node)) {
      if (node.firstChild !== null) {
        node = node.firstChild;
        continue;
      }
      visitor.leave(node);
    }
    while (node !== root && node.nextSibling === null && node.parentNode !== null) {
      node = node.parentNode;
      visitor.leave(node);
    }
    if (node === root || node.nextSibling === null) return;
    node = node.nextSibling;
  }
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

/** For telling whether two lines say the same: white space, apostrophes, case and width do not count. */
export function foldPhrase(text: string): string {
  return text.normalize("NFKC").replace(/[’ʼ]/g, "'").replace(/\s+/g, " ").trim().toLowerCase();
}
