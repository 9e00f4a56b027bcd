import { readFile } from "node:fs/promises";
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readDocument, type ReadResult } from "../../server/reading/read-document.ts";
import { zipOf } from "./zip-files.ts";

async function read(name: string): Promise<ReadResult> {
  return readDocument({ bytes: await readFile(new URL(`files/${name}`, import.meta.url)), name });
}

async function paragraphsOf(name: string): Promise<string[]> {
  return (await read(name)).document!.text.split("\n\n");
}

describe("Word files of another program", () => {
  test("a note: its heading is the title, lists and tables are text, the template's title is not believed", async () => {
    const { document } = await read("note.docx");
    expect(document).toMatchObject({
      title: "Note sur la filiale de Castellan à Varenne",
      byline: null,
      language: "fr",
      publishedAt: "2022-05-03",
    });
    expect(await paragraphsOf("note.docx")).toEqual([
      "Note sur la filiale de Castellan à Varenne",
      "Varenne, le 3 mai 2022",
      "La société Castellan Énergie a racheté en avril le terminal pétrolier de Varenne, selon le greffe du tribunal de commerce.",
      "Ce que l’on sait",
      "Le terminal est dirigé par Paul Lenoir.",
      "Castellan Énergie détient soixante pour cent des parts.",
      "Société | Pays | Parts",
      "Castellan Énergie | France | 60 %",
      "Nordlicht Holding | Allemagne | 40 %",
      "Le ministère de l’Industrie examine l’opération.",
    ]);
  });

  test("a dispatch: runs are joined, what was struck out is not read", async () => {
    expect(await paragraphsOf("dispatch.docx")).toEqual([
      "PORT SELWYN, March 3, 2022 - Coast guards seized the tanker Meridian Star on Thursday, the registry said.",
      "The ship was owned by Castellan Energy until 2019, according to investigators.",
    ]);
  });

  test("minutes: page headers stay out, also under the name of no format", async () => {
    const bytes = await readFile(new URL("files/minutes.docx", import.meta.url));
    const { document } = await readDocument({ bytes, name: "attachment" });
    expect(document?.title).toBe("Minutes of the steering group");
    expect(document?.text).not.toContain("CONFIDENTIAL");
  });

  test("macros are ignored, and that is told", async () => {
    expect((await read("macros.docm")).document?.warnings).toEqual(["the document holds macros; they were ignored"]);
  });

  test("a bomb in the dress of a Word file is cut", async () => {
    const bytes = zipOf([
      { name: "[Content_Types].xml", content: "<Types/>" },
      { name: "word/document.xml", packed: deflateRawSync(Buffer.alloc(101_000_000, 32)), size: 101_000_000 },
    ]);
    expect((await readDocument({ bytes, name: "a.docx" })).problem).toEqual({
      code: "too_large",
      message: "a.docx holds more than 100 MB when unpacked.",
    });
  });

  test("a broken Word file is told", async () => {
    const whole = await readFile(new URL("files/note.docx", import.meta.url));
    const { problem } = await readDocument({ bytes: whole.subarray(0, 9_000), name: "a.docx" });
    expect(problem?.code).toMatch(/malformed|binary/);
  });
});

describe("saved mail", () => {
  test("a dispatch: subject, sender, day as written, old encoding, attachment told", async () => {
    const { document } = await read("alerte.eml");
    expect({ ...document, id: "" }).toEqual({
      id: "",
      title: "Varenne : le préfet suspend le directeur du port",
      text: "Varenne : le préfet suspend le directeur du port\n\nLe préfet de Varenne a suspendu lundi le directeur du port, Paul Lenoir,\nsoupçonné d’avoir favorisé la société Castellan Énergie.\n\nLe syndicat des dockers a salué la décision.",
      url: null,
      source: "Agence Médiane",
      byline: null,
      language: "fr",
      publishedAt: "2023-03-14",
      mediaType: "message/rfc822",
      warnings: ["an attachment was not read (arrêté.pdf); give it as a file of its own"],
    });
  });

  test("a newsletter whose plain version says nothing is read from its HTML", async () => {
    expect(await paragraphsOf("newsletter.eml")).toEqual([
      "Castellan names a new chairman",
      "The board of Castellan Energy appointed Helen Marsh as chairwoman on Friday, replacing Viktor Oss.",
      "Shareholders had asked for the change since the seizure of the tanker Meridian Star in March.",
    ]);
  });

  test("a forwarded mail keeps what it quotes and tells what is attached", async () => {
    const { document } = await read("forward.eml");
    expect(document?.text).toContain("> The companies of Matteo Varga were founded in Lorne.");
    expect(document?.warnings).toHaveLength(1);
  });

  test("what is no mail is told", async () => {
    const { problem } = await readDocument({ bytes: Buffer.from("just some words"), name: "a.eml" });
    expect(problem).toEqual({
      code: "malformed",
      message: "a.eml is no saved mail: it has no sender and no subject.",
    });
  });
});
