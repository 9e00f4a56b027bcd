/**
 * The few parts of a document tree that reading uses, since the server's TypeScript has no browser types, and the one place
 * that builds such a tree.
 */
import { parseHTML } from "linkedom";

export interface TreeNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly parentNode: TreeElement | null;
  readonly firstChild: TreeNode | null;
  readonly nextSibling: TreeNode | null;
}

export interface TreeElement extends TreeNode {
  getAttribute(name: string): string | null;
  querySelector(selector: string): TreeElement | null;
  querySelectorAll(selector: string): Iterable<TreeElement>;
  remove(): void;
}

export interface Tree extends TreeElement {
  readonly documentElement: TreeElement;
  readonly body: TreeElement;
}

export const ELEMENT_NODE = 1;
export const TEXT_NODE = 3;

/** Deeper elements are unwrapped: the tree's own algorithms are quadratic in depth, and no article needs a tenth of it. */
const MAX_DEPTH = 200;

/**
 * The tree of a page. Scripts are data here: nothing runs, nothing is fetched. Never overflows the stack.
 * @returns `flattened` when elements were too deep and lost their tags (never their text)
 */
export function parsePage(html: string): { tree: Tree; flattened: boolean } {
  const { source, flattened } = limitDepth(withSkeleton(withoutStrayBrackets(html)));
  // Its own types lean on the browser's, which are absent here.
  const page: unknown = parseHTML(source);
  return { tree: (page as { document: Tree }).document, flattened };
}

/** linkedom, unlike a browser, makes no `html`, `head` and `body` where the page leaves them out. */
function withSkeleton(html: string): string {
  const withoutDoctype = html.replace(/^\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype[^>]*>)?/i, "");
  if (!/<html[\s>]/i.test(withoutDoctype)) {
    return `<!doctype html><html><head></head><body>${withoutDoctype.replace(/<\/?(?:body|head)\b[^>]*>/gi, "")}</body></html>`;
  }
  if (/<body[\s>]/i.test(withoutDoctype)) return `<!doctype html>${withoutDoctype}`;
  const headEnd = /<\/head\s*>/i.exec(withoutDoctype) ?? /<html[^>]*>/i.exec(withoutDoctype);
  const cut = headEnd === null ? 0 : headEnd.index + headEnd[0].length;
  return `<!doctype html>${withoutDoctype.slice(0, cut)}<body>${withoutDoctype.slice(cut)}`;
}

/** "a < b" is text to a browser; by the thousand such brackets make the parser quadratic. */
function withoutStrayBrackets(html: string): string {
  return html.replace(/<(?![a-zA-Z/!?])/g, "&lt;");
}

const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;
/** A browser closes these by itself when the next begins, so that an unclosed row of them is no nesting. */
const SELF_CLOSING = /^(?:p|li|dt|dd|option|optgroup|tr|td|th|thead|tbody|tfoot|rt|rp)$/;

/** Replaces the tags below the depth limit by a space, in one pass. */
function limitDepth(html: string): { source: string; flattened: boolean } {
  let depth = 0;
  let dropped = 0;
  const source = html.replace(/<(\/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>/g, (tag, slash: string, rawName: string) => {
    const name = rawName.toLowerCase();
    if (VOID.test(name) || SELF_CLOSING.test(name) || tag.endsWith("/>")) return tag;
    const deep = slash === "" ? depth >= MAX_DEPTH : depth > MAX_DEPTH;
    depth = Math.max(0, depth + (slash === "" ? 1 : -1));
    if (!deep) return tag;
    dropped += 1;
    return " ";
  });
  return dropped > 0 ? { source: source.replace(/ {2,}/g, " "), flattened: true } : { source: html, flattened: false };
}
