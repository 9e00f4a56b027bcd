/**
 * Starts the page: preferences, store, actions, and the first question to the server.
 */
import "@fontsource-variable/libre-franklin/wght.css";
import "@fontsource-variable/newsreader/wght.css";
import "./style/base.css";
import "./style/shell.css";
import "./style/panel.css";
import "./style/screens.css";
import "./style/views.css";
import "./style/console.css";
import "./style/timeline.css";
import "./style/review.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createActions } from "./actions/actions.ts";
import type { Surroundings } from "./actions/surroundings.ts";
import { api } from "./api.ts";
import type { Theme } from "./graph/appearance.ts";
import { createStore, initialState } from "./state.ts";
import { preferredLanguage } from "./text.ts";
import { App } from "./view/app.tsx";
import { AppProvider } from "./view/app-context.tsx";
import { saveFile } from "./view/save-file.ts";

const PREFIX = "fil-rouge.";
const WATCH_MILLISECONDS = 4_000;

function kept(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    // Storage may be forbidden; the page works without.
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    return;
  }
}

function forget(name: string): void {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    return;
  }
}

function firstTheme(): Theme {
  const chosen = kept("theme");
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function linkTo(path: string): string {
  return new URL(path, location.origin).href;
}

const PENDING_VIEW = "pending-view";
const browser: Surroundings = {
  path: () => location.pathname,
  goTo: (path, how) => history[`${how}State`](null, "", path),
  keptView: () => kept(PENDING_VIEW),
  keepView: (text) => (text === null ? forget(PENDING_VIEW) : keep(PENDING_VIEW, text)),
  linkTo,
  // Not everywhere is there a clipboard.
  copy: async (path) => navigator.clipboard.writeText(linkTo(path)),
  saveFile,
};

const chosenLanguage = kept("language");
const language =
  chosenLanguage === "fr" || chosenLanguage === "en" ? chosenLanguage : preferredLanguage(navigator.languages);
const store = createStore(initialState(language, firstTheme(), kept("author") ?? ""));
const actions = createActions(store, api, { keep }, browser);
const root = document.getElementById("root");
if (root === null) throw new Error("index.html holds no element with the id root.");

createRoot(root).render(
  <StrictMode>
    <AppProvider store={store} actions={actions}>
      <App />
    </AppProvider>
  </StrictMode>,
);
void actions.connect();
addEventListener("popstate", () => void actions.followAddress());
setInterval(() => void actions.watch(), WATCH_MILLISECONDS);
