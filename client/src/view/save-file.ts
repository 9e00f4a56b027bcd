/** Files that the page itself makes: the picture of the canvas, tables as CSV. */

export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the content by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}

export type PictureFormat = "png" | "svg";

let capture: ((format: PictureFormat) => Promise<Blob | null>) | null = null;

/** The canvas registers how it is captured; null when there is none. */
export function offerPicture(how: ((format: PictureFormat) => Promise<Blob | null>) | null): void {
  capture = how;
}

export function savePicture(format: PictureFormat): void {
  void capture?.(format).then((blob) => {
    if (blob !== null) saveFile(`fil-rouge.${format}`, blob);
  });
}

/** RFC 4180, with a mark for spreadsheets that guess encodings; cells that would run as formulas are quoted by an apostrophe. */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): Blob {
  const cell = (value: string | number | null) => {
    const text =
      value === null ? "" : typeof value === "string" && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const text = rows.map((row) => row.map(cell).join(",")).join("\r\n");
  return new Blob(["\uFEFF", text, "\r\n"], { type: "text/csv;charset=utf-8" });
}
