/**
 * Operations with a name, an icon and a key, as one list: the toolbar, the keyboard and the help are all made from it.
 */
import type { Actions } from "./actions/actions.ts";
import type { ReviewTab } from "./review-state.ts";
import { panelOf, selectionOf, type State } from "./state.ts";
import type { TextKey } from "./text.ts";

export interface Operation {
  id: string;
  label: TextKey;
  /** As `KeyboardEvent.key`; `mod` is Ctrl, or Command on a Mac. */
  keys: readonly { key: string; mod?: boolean; shift?: boolean }[];
  possible: (state: State) => boolean;
  perform: (actions: Actions, state: State) => void;
}

const always = () => true;

function selectedNode(state: State): string | null {
  const selection = selectionOf(state);
  return selection?.kind === "entity" ? selection.id : null;
}

function isReviewing(...tabs: readonly ReviewTab[]) {
  return ({ screen, review }: State) => screen === "review" && tabs.includes(review.tab);
}

export const OPERATIONS = [
  {
    id: "review.accept",
    label: "action.review.accept",
    keys: [{ key: "a" }],
    possible: isReviewing("claims", "duplicates"),
    perform: (actions, { review }) => void (review.tab === "claims" ? actions.acceptClaim() : actions.mergePair()),
  },
  {
    id: "review.reject",
    label: "action.review.reject",
    keys: [{ key: "r" }],
    possible: isReviewing("claims", "duplicates"),
    perform: (actions, { review }) => void (review.tab === "claims" ? actions.rejectClaim() : actions.rejectPair()),
  },
  {
    id: "review.later",
    label: "action.review.later",
    keys: [{ key: "l" }],
    possible: isReviewing("duplicates"),
    perform: (actions) => void actions.postponePair(),
  },
  {
    id: "review.next",
    label: "action.review.next",
    keys: [{ key: "j" }, { key: "ArrowRight" }],
    possible: isReviewing("claims", "duplicates"),
    perform: (actions) => void actions.move(1),
  },
  {
    id: "review.previous",
    label: "action.review.previous",
    keys: [{ key: "k" }, { key: "ArrowLeft" }],
    possible: isReviewing("claims", "duplicates"),
    perform: (actions) => void actions.move(-1),
  },
  {
    id: "search",
    label: "action.search",
    keys: [{ key: "/" }],
    possible: always,
    perform: () => document.getElementById("search")?.focus(),
  },
  {
    id: "undo",
    label: "action.undo",
    keys: [{ key: "z", mod: true }],
    possible: (state) => state.history.past.length > 0,
    perform: (actions) => actions.undo(),
  },
  {
    id: "redo",
    label: "action.redo",
    keys: [
      { key: "z", mod: true, shift: true },
      { key: "y", mod: true },
    ],
    possible: (state) => state.history.future.length > 0,
    perform: (actions) => actions.redo(),
  },
  {
    id: "fit",
    label: "action.fit",
    keys: [{ key: "0" }],
    possible: always,
    perform: (actions) => actions.fit(),
  },
  {
    id: "expand",
    label: "action.expand",
    keys: [{ key: "e" }],
    possible: (state) => selectedNode(state) !== null,
    perform: (actions, state) => {
      const id = selectedNode(state);
      if (id !== null) void actions.expand(id);
    },
  },
  {
    id: "pin",
    label: "action.pin",
    keys: [{ key: "p" }],
    possible: (state) => selectedNode(state) !== null,
    perform: (actions, state) => {
      const id = selectedNode(state);
      if (id !== null) actions.togglePin(id);
    },
  },
  {
    id: "hide",
    label: "action.hide",
    keys: [{ key: "h" }],
    possible: (state) => selectedNode(state) !== null,
    perform: (actions, state) => {
      const id = selectedNode(state);
      if (id !== null) actions.hide(id);
    },
  },
  {
    id: "layout",
    label: "action.layout",
    keys: [{ key: "l" }],
    possible: always,
    perform: (actions, state) => actions.runLayout(state.layout.kind),
  },
  {
    id: "views",
    label: "views.title",
    keys: [{ key: "v" }],
    possible: always,
    perform: (actions) => void actions.openViews(),
  },
  {
    id: "legend",
    label: "action.legend",
    keys: [{ key: "g" }],
    possible: always,
    perform: (actions, state) => actions.setLegend(!state.legendOpen),
  },
  {
    id: "help",
    label: "action.help",
    keys: [{ key: "?" }],
    possible: always,
    perform: (actions, state) => actions.setHelp(!state.helpOpen),
  },
  {
    id: "escape",
    label: "action.escape",
    keys: [{ key: "Escape" }],
    possible: (state) => panelOf(state) !== null,
    perform: (actions) => actions.back(),
  },
] as const satisfies readonly Operation[];

export type OperationId = (typeof OPERATIONS)[number]["id"];

/** The first of the list that has the key and is possible now: a screen may give a key another meaning. */
export function operationForKey(event: KeyboardEvent, state: State): Operation | null {
  const mod = event.ctrlKey || event.metaKey;
  for (const operation of OPERATIONS) {
    for (const pressed of operation.keys as Operation["keys"]) {
      if (event.key.toLowerCase() !== pressed.key.toLowerCase() || mod !== (pressed.mod ?? false)) continue;
      if (pressed.mod === true && event.shiftKey !== (pressed.shift ?? false)) continue;
      if (event.altKey || !operation.possible(state)) continue;
      return operation;
    }
  }
  return null;
}

/** A key as it is written on a keyboard. */
export function keyWords({ key, mod, shift }: Operation["keys"][number]): string {
  return [
    ...(mod === true ? ["Ctrl"] : []),
    ...(shift === true ? ["⇧"] : []),
    key.length === 1 ? key.toUpperCase() : key,
  ].join(" ");
}
