/**
 * Gives the store and the actions to every component, with the three hooks through which components see them.
 */
import { createContext, useCallback, useContext, type ReactNode } from "react";
import { useStore } from "zustand";
import type { Actions } from "../actions/actions.ts";
import type { State, Store } from "../state.ts";
import { translate, type TextKey, type TextParameters } from "../text.ts";

interface App {
  store: Store;
  actions: Actions;
}

const AppContext = createContext<App | null>(null);

export function AppProvider({ store, actions, children }: App & { children: ReactNode }) {
  return <AppContext value={{ store, actions }}>{children}</AppContext>;
}

function useContextOfApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error("A component of the page stands outside AppProvider.");
  return app;
}

export function useApp<T>(selector: (state: State) => T): T {
  return useStore(useContextOfApp().store, selector);
}

export function useStoreOfApp(): Store {
  return useContextOfApp().store;
}

export function useActions(): Actions {
  return useContextOfApp().actions;
}

export type Say = (key: TextKey, parameters?: TextParameters) => string;

export function useText(): Say {
  const language = useApp((state) => state.language);
  return useCallback((key, parameters) => translate(language, key, parameters), [language]);
}
