/**
 * Saved mail (`.eml`) → Content: subject, text, sender, day. Attachments are named in a warning and left alone.
 */
import type { Email } from "postal-mime";
import { MAX_CONTAINER_BYTES } from "../contract/document.ts";
import { parsePage } from "./dom.ts";
import { normaliseCharacters, withWindows1252 } from "./encoding.ts";
import { blocksOf, removeClutter } from "./html-blocks.ts";
import { dayOfField } from "./published-date.ts";
import type { BytesReader, ContentResult, ReadInput } from "./reader.ts";

export const mailReader: BytesReader = {
  kind: "bytes",
  mediaTypes: ["message/rfc822"],
  endings: [".eml"],
  label: "a mail",
  maxBytes: MAX_CONTAINER_BYTES,
  // A mail begins with any header: its name or type has to tell.
  recognises: () => false,
  read: readMail,
};

async function readMail(bytes: Uint8Array, { name }: ReadInput): Promise<ContentResult> {
  const mail = await parsed(bytes);
  if (mail.headers.length === 0 || (mail.from === undefined && mail.subject === undefined)) {
    const message = `${name} is no saved mail: it has no sender and no subject.`;
    return { content: null, problem: { code: "malformed", message } };
  }
  const body = bodyOf(mail);
  const subject = squeeze(mail.subject ?? "");
  const sender = senderOf(mail);
  const told = mail.headers.find(({ key }) => key === "date")?.value ?? "";
  return {
    content: {
      title: subject === "" ? null : subject,
      text: subject === "" || body.startsWith(subject) ? body : `${subject}\n\n${body}`,
      url: null,
      source: sender,
      byline: null,
      publishedAt: dayOfField(told),
      declaredLanguage: mail.headers.find(({ key }) => key === "content-language")?.value ?? null,
      warnings: attachmentWarning(mail),
    },
    problem: null,
  };
}

/** Its decoder is Node's, some releases of which take Windows-1252 for Latin-1. */
async function parsed(bytes: Uint8Array): Promise<Email> {
  const { default: PostalMime } = await import("postal-mime");
  const mail = await PostalMime.parse(bytes);
  return {
    ...mail,
    ...(mail.subject === undefined ? {} : { subject: withWindows1252(mail.subject) }),
    ...(mail.text === undefined ? {} : { text: withWindows1252(mail.text) }),
    ...(mail.html === undefined ? {} : { html: withWindows1252(mail.html) }),
  };
}

/** The plain version where there is one: it is what the sender meant to be read without layout. */
function bodyOf(mail: Email): string {
  const plain = normaliseCharacters(mail.text ?? "").trim();
  const html = mail.html ?? "";
  if (html === "") return plain;
  const { tree } = parsePage(html);
  removeClutter(tree);
  const shown = blocksOf(tree.documentElement)
    .map((block) => block.text)
    .join("\n\n");
  // "Open this mail in your browser" is no plain version.
  return plain.length >= shown.length / 2 ? plain : normaliseCharacters(shown);
}

function senderOf({ from }: Email): string | null {
  if (from === undefined) return null;
  const name = squeeze(from.name);
  if (name !== "") return name;
  return from.group === undefined ? (from.address.split("@")[1]?.toLowerCase() ?? null) : null;
}

function attachmentWarning({ attachments }: Email): string[] {
  const names = attachments
    .filter(({ related, disposition }) => related !== true && disposition !== "inline")
    .map(({ filename, mimeType }) => filename ?? mimeType);
  if (names.length === 0) return [];
  if (names.length === 1) return [`an attachment was not read (${names.join("")}); give it as a file of its own`];
  const shown = `${names.slice(0, 5).join(", ")}${names.length > 5 ? ", …" : ""}`;
  return [`${names.length} attachments were not read (${shown}); give them as files of their own`];
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
