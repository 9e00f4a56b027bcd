/**
 * What every group of actions is given: the store, the server, and the ways to tell the person something.
 */
import { ApiError, type Api } from "../api.ts";
import type { Notice, Store } from "../state.ts";
import { translate, type TextKey, type TextParameters } from "../text.ts";

const NOTICE_MILLISECONDS = 6_000;

type Slot = "entities" | "evidence" | "articles" | "originals" | "together";

export interface Context {
  store: Store;
  api: Api;
  say: (key: TextKey, parameters?: TextParameters) => string;
  notify: (text: string, kind: Notice["kind"]) => void;
  /** Tells a failure once, in the place where it belongs. Returns its message. */
  report: (error: unknown) => string;
  put: <K extends Slot>(slot: K, key: string, value: ReturnType<Store["getState"]>[K][string]) => void;
}

export function createContext(store: Store, api: Api): Context {
  const { getState, setState } = store;
  let notices = 0;

  const say: Context["say"] = (key, parameters = {}) => translate(getState().language, key, parameters);

  function notify(text: string, kind: Notice["kind"]): void {
    notices += 1;
    const id = notices;
    setState({ notice: { text, kind, id } });
    setTimeout(() => {
      if (getState().notice?.id === id) setState({ notice: null });
    }, NOTICE_MILLISECONDS);
  }

  /** The banner when the server is away, the sign-in when it asks for a password, else a notice. */
  function report(error: unknown): string {
    const message = messageOf(error);
    if (isUnreachable(error)) {
      if (getState().connection === "ready") setState({ connection: "lost" });
    } else if (error instanceof ApiError && error.code === "unauthorized") {
      setState({ connection: "locked" });
    } else {
      notify(say("failed", { message }), "problem");
    }
    return message;
  }

  function put<K extends Slot>(slot: K, key: string, value: ReturnType<Store["getState"]>[K][string]): void {
    setState((state) => ({ [slot]: { ...state[slot], [key]: value } }));
  }

  return { store, api, say, notify, report, put };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof ApiError && error.code === "unreachable";
}
