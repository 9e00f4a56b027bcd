/**
 * What the page's address says: nothing, a saved view, or the presentation of one. The server gives the page at every address that
 * is no file.
 */
export type Address =
  | { kind: "home" }
  | { kind: "view"; id: string }
  /** Slide 0 is the cover. */
  | { kind: "presentation"; id: string; slide: number };

const VIEW = /^\/view\/([\w-]{1,64})(\/present(?:\/(\d{1,3}))?)?\/?$/;

export function parseAddress(path: string): Address {
  const [, id, presented, slide] = VIEW.exec(path) ?? [];
  if (id === undefined) return { kind: "home" };
  return presented === undefined ? { kind: "view", id } : { kind: "presentation", id, slide: Number(slide ?? 0) };
}

export function pathOf(address: Address): string {
  switch (address.kind) {
    case "home":
      return "/";
    case "view":
      return `/view/${address.id}`;
    case "presentation":
      return `/view/${address.id}/present${address.slide === 0 ? "" : `/${address.slide}`}`;
  }
}
