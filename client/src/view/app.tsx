/**
 * The shell: bar, canvas or table or query, panel, dialogs. It also listens for keys and for files dropped anywhere.
 */
import { lazy, Suspense, useEffect } from "react";
import { operationForKey } from "../operations.ts";
import { openedOf, viewOf } from "../state.ts";
import { useActions, useApp, useStoreOfApp, useText } from "./app-context.tsx";
import { Banner, NoticeLine } from "./banner.tsx";
import { DropZone } from "./drop-zone.tsx";
import { GraphCanvas } from "./graph/graph-canvas.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { IngestDialog } from "./ingest-dialog.tsx";
import { Legend } from "./legend.tsx";
import { Panels } from "./panel/panels.tsx";
import { Presentation } from "./presentation.tsx";
import { SignIn } from "./sign-in.tsx";
import { StatusLine } from "./status-line.tsx";
import { Timeline } from "./timeline.tsx";
import { Toolbar } from "./toolbar.tsx";
import { TopBar } from "./top-bar.tsx";

const TableScreen = lazy(async () => ({ default: (await import("./screens/table-screen.tsx")).TableScreen }));
const ReviewScreen = lazy(async () => ({ default: (await import("./screens/review-screen.tsx")).ReviewScreen }));
const QueryScreen = lazy(async () => ({ default: (await import("./screens/query-screen.tsx")).QueryScreen }));

export function App() {
  const say = useText();
  const language = useApp((state) => state.language);
  const theme = useApp((state) => state.theme);
  const screen = useApp((state) => state.screen);
  const connection = useApp((state) => state.connection);
  const openedName = useApp((state) => openedOf(state)?.view.name ?? null);
  const presenting = useApp((state) => state.slide !== null && openedOf(state) !== null);
  useKeys();

  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset["theme"] = theme;
  }, [language, theme]);

  useEffect(() => {
    document.title = openedName === null ? "Fil rouge" : `${openedName} · Fil rouge`;
  }, [openedName]);

  if (connection === "locked") return <SignIn />;
  // One tree for both: the canvas goes on when a presentation begins.
  return (
    <div className="shell">
      {!presenting && (
        <>
          <a className="skip" href="#stage">
            {say("app.skip")}
          </a>
          <TopBar />
        </>
      )}
      <Banner />
      <main className="stage" id="stage" tabIndex={-1}>
        <h1 className="unseen">Fil rouge. {say(presenting ? "presentation" : "app.tagline")}</h1>
        {/* Invisible rather than gone: the canvas keeps its size and what is drawn. */}
        <div className="graph-screen" inert={screen !== "graph"}>
          <GraphCanvas />
          {!presenting && <OverCanvas />}
        </div>
        <Suspense fallback={<p className="waiting">{say("loading")}</p>}>
          {screen === "table" && <TableScreen />}
          {screen === "query" && <QueryScreen />}
          {screen === "review" && <ReviewScreen />}
        </Suspense>
        {presenting ? <Presentation /> : <Panels />}
      </main>
      <NoticeLine />
      {!presenting && (
        <>
          <IngestDialog />
          <HelpDialog />
          <DropZone />
        </>
      )}
    </div>
  );
}

function OverCanvas() {
  const screen = useApp((state) => state.screen);
  return (
    <>
      <EmptyGraph />
      <div className="overlay">
        <div className="status-line">
          <Toolbar />
          <StatusLine />
        </div>
        <div className="overlay-foot">
          <Legend />
          {screen === "graph" && <Timeline />}
        </div>
      </div>
    </>
  );
}

function EmptyGraph() {
  const say = useText();
  const actions = useActions();
  const connection = useApp((state) => state.connection);
  const empty = useApp((state) => viewOf(state).dataset.nodes.size === 0);
  const documents = useApp((state) => state.health?.counts.documents ?? 0);
  if (!empty || connection === "lost") return null;
  if (connection === "starting" || documents > 0) {
    return (
      <div className="empty">
        <p role="status">{say("connection.starting")}</p>
      </div>
    );
  }
  return (
    <div className="empty">
      <h2>{say("graph.empty")}</h2>
      <p>{say("graph.empty.help")}</p>
      <button className="button primary" onClick={actions.openIngestion}>
        {say("add")}
      </button>
    </div>
  );
}

function useKeys(): void {
  const store = useStoreOfApp();
  const actions = useActions();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const state = store.getState();
      const operation = operationForKey(event, state);
      if (operation === null) return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      const writing = target?.closest("input, textarea, select, [contenteditable]") ?? null;
      if (writing !== null || target?.closest("dialog") != null) return;
      // A presentation has keys of its own.
      if (state.slide !== null) return;
      event.preventDefault();
      operation.perform(actions, state);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [store, actions]);
}
