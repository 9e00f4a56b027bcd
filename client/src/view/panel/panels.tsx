/** The panel at the right: the last thing that was opened, with a way back to the one before. */
import { useEffect, useRef, type ReactNode } from "react";
import { panelOf, type Panel } from "../../state.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { Icon } from "../marks.tsx";
import { ArticlePanel } from "./article-panel.tsx";
import { ArticlesPanel } from "./articles-panel.tsx";
import { EdgePanel } from "./edge-panel.tsx";
import { EntityPanel } from "./entity-panel.tsx";
import { PathsPanel } from "./paths-panel.tsx";
import { ViewsPanel } from "./views-panel.tsx";

export function Panels() {
  const panel = useApp(panelOf);
  if (panel === null) return null;
  return (
    <PanelFrame kind={panel.kind} key={keyOf(panel)}>
      {contentOf(panel)}
    </PanelFrame>
  );
}

function keyOf(panel: Panel): string {
  switch (panel.kind) {
    case "entity":
      return `entity ${panel.id}`;
    case "edge":
      return `edge ${panel.edge.id}`;
    case "article":
      return `article ${panel.document}`;
    case "articles":
    case "paths":
    case "views":
      return panel.kind;
  }
}

function contentOf(panel: Panel): ReactNode {
  switch (panel.kind) {
    case "entity":
      return <EntityPanel id={panel.id} />;
    case "edge":
      return <EdgePanel edge={panel.edge} />;
    case "article":
      return <ArticlePanel document={panel.document} claim={panel.claim} sentence={panel.sentence} />;
    case "articles":
      return <ArticlesPanel />;
    case "paths":
      return <PathsPanel from={panel.from} to={panel.to} />;
    case "views":
      return <ViewsPanel />;
  }
}

function PanelFrame({ kind, children }: { kind: Panel["kind"]; children: ReactNode }) {
  const say = useText();
  const actions = useActions();
  const depth = useApp((state) => state.panels.length);
  const frame = useRef<HTMLElement>(null);

  useEffect(() => {
    // Only keyboard users need the focus moved: a click on the canvas has nothing focused.
    if (document.activeElement !== document.body && document.activeElement?.id !== "search") frame.current?.focus();
  }, []);

  return (
    <aside className={`panel panel-${kind}`} ref={frame} tabIndex={-1} aria-label={labelOf(kind, say)}>
      <div className="panel-bar">
        {depth > 1 && (
          <button className="bare" onClick={actions.back} aria-label={say("back")} title={say("back")}>
            <Icon name="back" />
          </button>
        )}
        <span className="panel-kind">{kind === "entity" ? "" : labelOf(kind, say)}</span>
        <button className="bare" onClick={actions.closePanels} aria-label={say("close")} title={say("close")}>
          <Icon name="close" />
        </button>
      </div>
      <div className="panel-body">{children}</div>
    </aside>
  );
}

function labelOf(kind: Panel["kind"], say: ReturnType<typeof useText>): string {
  switch (kind) {
    case "entity":
      return say("entity.title");
    case "edge":
      return say("edge.title");
    case "article":
      return say("article.title");
    case "articles":
      return say("articles.title");
    case "paths":
      return say("paths.title");
    case "views":
      return say("views.title");
  }
}
