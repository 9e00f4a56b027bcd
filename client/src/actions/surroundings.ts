/**
 * What of the browser the actions need: its address, what it keeps over a closed page, the clipboard, downloads.
 */
export interface Surroundings {
  path: () => string;
  goTo: (path: string, how: "push" | "replace") => void;
  /** The view that the server did not get yet; null: none. */
  keptView: () => string | null;
  keepView: (text: string | null) => void;
  /** A path as others can open it. */
  linkTo: (path: string) => string;
  /** Puts the link to a path on the clipboard. */
  copy: (path: string) => Promise<void>;
  saveFile: (name: string, content: Blob) => void;
}
