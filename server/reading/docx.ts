/**
 * Word documents (OOXML) → Content: headings, paragraphs, lists and tables as text. Macros, pictures and linked files are left alone.
 */
import { MAX_CONTAINER_BYTES } from "../contract/document.ts";
import { parsePage } from "./dom.ts";
import { blocksOf } from "./html-blocks.ts";
import type { BytesReader, ContentResult, ReadInput } from "./reader.ts";
import { startsLikeZip, zipEntries, ZipFault } from "./zip.ts";

export const docxReader: BytesReader = {
  kind: "bytes",
  mediaTypes: [
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.ms-word.document.macroenabled.12",
  ],
  endings: [".docx", ".docm"],
  label: "a Word document",
  maxBytes: MAX_CONTAINER_BYTES,
  recognises: isWordDocument,
  read: readDocx,
};

/** What a word processor writes first into the container; an archive begins with a file of its own. */
const OFFICE_PART = /^(?:\[Content_Types\]\.xml|_rels\/|word\/|docProps\/|customXml\/)/;

function isWordDocument(bytes: Uint8Array): boolean {
  if (!startsLikeZip(bytes)) return false;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 30) return false;
  const firstName = file.toString("latin1", 30, 30 + file.readUInt16LE(26));
  return OFFICE_PART.test(firstName) && file.includes("word/document.xml");
}

/** No word processor writes that much XML for an article; a bomb does. */
const LIMITS = { entries: 5_000, totalBytes: 100_000_000 };
const STYLES = ["p[style-name='Title'] => h1:fresh", "p[style-name='Titre'] => h1:fresh", "comment-reference => "];

async function readDocx(bytes: Uint8Array, input: ReadInput): Promise<ContentResult> {
  const { name } = input;
  const parts = startsLikeZip(bytes) ? await partsOf(bytes) : NO_PARTS;
  if ("fault" in parts) {
    const { code, message } = parts.fault;
    return { content: null, problem: { code, message: `${name} ${message}.` } };
  }
  if (parts.document === null) {
    const message = `${name} is no Word document (.docx): save it again from your word processor.`;
    return { content: null, problem: { code: "malformed", message } };
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Loaded when the first one comes: most commands read none.
  const { default: mammoth } = await import("mammoth");
  const { value } = await mammoth.convertToHtml(
    { buffer },
    { styleMap: STYLES, convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })) },
  );
  const { tree } = parsePage(withRowsAsLines(value));
  const heading = tree.querySelector("h1")?.textContent?.replace(/\s+/g, " ").trim() ?? "";
  const text = blocksOf(tree.documentElement)
    .map((block) => block.text)
    .join("\n\n");
  const told = parts.properties;
  return {
    content: {
      title: heading === "" ? titleOf(told, text) : heading,
      text,
      url: null,
      source: null,
      // Its creator is whoever saved the file.
      byline: null,
      publishedAt: null,
      declaredLanguage: property(told, "dc:language"),
      warnings: parts.hasMacros ? ["the document holds macros; they were ignored"] : [],
    },
    problem: null,
  };
}

/** Paragraphs inside a cell would each become a paragraph of the article; a row is one. */
function withRowsAsLines(html: string): string {
  return html.replace(
    /<(t[dh])\b([^>]*)>([\s\S]*?)<\/\1>/g,
    (_cell, tag: string, attributes: string, inner: string) => {
      return `<${tag}${attributes}>${inner.replace(/<\/p>\s*<p>/g, " ").replace(/<\/?p>/g, "")}</${tag}>`;
    },
  );
}

interface Parts {
  document: Uint8Array | null;
  /** XML of the document's properties; empty when there are none. */
  properties: string;
  hasMacros: boolean;
}

const NO_PARTS: Parts = { document: null, properties: "", hasMacros: false };

/** Inflates all once within limits, before a reader that has none gets hold of it. */
async function partsOf(bytes: Uint8Array): Promise<Parts | { fault: ZipFault }> {
  const parts: Parts = { ...NO_PARTS };
  try {
    for await (const entry of zipEntries(bytes, LIMITS, () => LIMITS.totalBytes)) {
      if (entry.name === "word/document.xml") parts.document = entry.bytes;
      if (entry.name === "word/vbaProject.bin") parts.hasMacros = true;
      if (entry.name === "docProps/core.xml" && entry.bytes !== null) {
        parts.properties = Buffer.from(entry.bytes).toString("utf8");
      }
    }
    return parts;
  } catch (cause) {
    if (cause instanceof ZipFault) return { fault: cause };
    throw cause;
  }
}

/** The title of the properties is often that of the template or of the file before: it counts when the text shows it. */
function titleOf(properties: string, text: string): string | null {
  const told = property(properties, "dc:title");
  return told !== null && text.slice(0, 1_000).includes(told) ? told : null;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function property(xml: string, name: string): string | null {
  const value = new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`).exec(xml)?.[1] ?? "";
  const plain = value.replace(/&(amp|lt|gt|quot|apos);/g, (whole, entity: string) => ENTITIES[entity] ?? whole).trim();
  return plain === "" ? null : plain;
}
