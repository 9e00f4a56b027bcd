/** Saved views: the one that is open with what is written about it, saving what is shown, and the list of all. */
import { useId, useMemo, useState } from "react";
import type { ViewSummary } from "../../../../server/contract/view.ts";
import { SHOWN_EXPORTS, viewExportAddress, type ShownExport } from "../../api.ts";
import { shownOfView } from "../../graph/saved-view.ts";
import { openedOf, shownOf, type OpenedView } from "../../state.ts";
import { dateWords } from "../../text.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { DeletableRow } from "../deletable-row.tsx";
import { Icon } from "../marks.tsx";
import { StepsEditor } from "./steps-editor.tsx";

export function ViewsPanel() {
  const say = useText();
  const opened = useApp(openedOf);
  const lost = useApp((state) => state.lostView);
  return (
    <>
      <h2 className="unseen">{say("views.title")}</h2>
      {lost !== null && (
        <p className="remark" role="alert">
          {say("views.lost")}
        </p>
      )}
      {opened !== null && <Opened key={opened.view.id} opened={opened} />}
      <SaveShown hasOpened={opened !== null} />
      <ViewList openId={opened?.view.id ?? null} />
    </>
  );
}

function Opened({ opened }: { opened: OpenedView }) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const changed = useApp(() => actions.isViewChanged());
  const waiting = useApp((state) => state.pendingView !== null);
  const { view, words } = opened;
  const { withdrawn } = view.frozen;
  const shown = useMemo(() => shownOfView(view), [view]);
  return (
    <section className="opened-view">
      <label>
        {say("views.name")}
        <input
          type="text"
          maxLength={200}
          value={words.name}
          onChange={(event) => actions.setViewWords({ name: event.target.value })}
        />
      </label>
      <p className="quiet">
        {say("views.as.of", { date: dateWords(view.frozen.at, language) })} · {say("nodes", { n: shown.nodes.size })},{" "}
        {say("links", { n: shown.edges.size })}
      </p>
      <Newer opened={opened} />
      {withdrawn.quotes > 0 && <p className="remark">{say("views.withdrawn", { n: withdrawn.quotes })}</p>}
      <div className="actions">
        <button className="button" onClick={() => void actions.copyViewLink(view.id)}>
          <Icon name="link" />
          {say("views.copy")}
        </button>
        <button className="button" onClick={() => actions.present(0)}>
          <Icon name="play" />
          {say("views.present")}
        </button>
      </div>
      <label>
        {say("views.notes")}
        <textarea
          rows={3}
          maxLength={20_000}
          value={words.notes}
          onChange={(event) => actions.setViewWords({ notes: event.target.value })}
        />
      </label>
      <StepsEditor steps={words.steps} />
      {changed && (
        <div className="actions views-save">
          <button
            className="button primary"
            disabled={words.name.trim() === "" || waiting}
            onClick={() => void actions.saveChanges()}
          >
            {say("views.save")}
          </button>
          <button className="button" onClick={actions.revertView}>
            {say("views.revert")}
          </button>
        </div>
      )}
      <h3>{say("views.files")}</h3>
      <div className="choices">
        {SHOWN_EXPORTS.map((format) => (
          <a key={format} className="button" href={viewExportAddress(view.id, format, language)} download>
            {formatWords(format, say)}
          </a>
        ))}
      </div>
    </section>
  );
}

export function formatWords(format: ShownExport, say: ReturnType<typeof useText>): string {
  switch (format) {
    case "dossier-html":
      return say("dossier.html");
    case "dossier-md":
      return say("dossier.markdown");
    case "gexf":
    case "graphml":
    case "csv":
    case "json":
      return format.toUpperCase();
  }
}

/** What the articles say beyond the frozen copy, as one sentence a kind. */
function Newer({ opened: { changes, view } }: { opened: OpenedView }) {
  const say = useText();
  const actions = useActions();
  if (changes === null) return null;
  const { newEdges, newClaims, goneNodes, goneEdges } = changes;
  const gone = view.frozen.nodes.filter(({ id }) => goneNodes.includes(id)).map(({ name }) => name);
  const lines = [
    ...(newEdges > 0 ? [say("views.newer.links", { n: newEdges })] : []),
    ...(newClaims > 0 ? [say("views.newer.quotes", { n: newClaims })] : []),
    ...(gone.length > 0 ? [say("views.gone.actors", { n: gone.length, names: gone.join(", ") })] : []),
    ...(goneEdges.length > 0 ? [say("views.gone.links", { n: goneEdges.length })] : []),
  ];
  if (lines.length === 0) return null;
  return (
    <div className="remark">
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <button className="link" onClick={() => void actions.refreshOpened()}>
        {say("views.refresh")}
      </button>
    </div>
  );
}

function SaveShown({ hasOpened }: { hasOpened: boolean }) {
  const say = useText();
  const actions = useActions();
  const isEmpty = useApp((state) => shownOf(state).nodes.size === 0);
  const waiting = useApp((state) => state.pendingView !== null);
  const [name, setName] = useState("");
  const id = useId();
  return (
    <form
      className="save-shown"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "") return;
        void actions.saveAsNew(name).then((taken) => {
          if (taken) setName("");
        });
      }}
    >
      <h3>
        <label htmlFor={id}>{say(hasOpened ? "views.save.copy" : "views.save.shown")}</label>
      </h3>
      <div className="save-line">
        <input
          id={id}
          type="text"
          maxLength={200}
          placeholder={say("views.name.placeholder")}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button className="button primary" disabled={name.trim() === "" || isEmpty || waiting}>
          {say("views.save")}
        </button>
      </div>
    </form>
  );
}

function ViewList({ openId }: { openId: string | null }) {
  const say = useText();
  const actions = useActions();
  const views = useApp((state) => state.views);
  return (
    <section>
      <h3>{say("views.all")}</h3>
      {views === null || views.state === "loading" ? (
        <p className="waiting">{say("loading")}</p>
      ) : views.state === "failed" ? (
        <p className="form-problem" role="alert">
          {views.message}{" "}
          <button className="link" onClick={() => void actions.listViews()}>
            {say("retry")}
          </button>
        </p>
      ) : views.value.length === 0 ? (
        <p className="quiet">{say("views.none")}</p>
      ) : (
        <ul className="view-list">
          {views.value.map((view) => (
            <ViewRow key={view.id} view={view} isOpen={view.id === openId} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ViewRow({ view, isOpen }: { view: ViewSummary; isOpen: boolean }) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const facts = [
    `${say("nodes", { n: view.nodes })}, ${say("links", { n: view.edges })}`,
    ...(view.steps > 0 ? [say("views.steps.count", { n: view.steps })] : []),
    dateWords(view.updatedAt, language),
  ];
  return (
    <DeletableRow
      label={say("views.delete.of", { name: view.name })}
      question={say("views.delete.ask")}
      verb={say("views.delete.yes")}
      onDelete={() => void actions.deleteView(view.id)}
    >
      <button className="row" aria-current={isOpen} onClick={() => void actions.openView(view.id)}>
        <bdi>{view.name}</bdi>
        <span className="quiet">{facts.join(" · ")}</span>
      </button>
      <button
        className="bare"
        aria-label={say("views.copy.of", { name: view.name })}
        title={say("views.copy")}
        onClick={() => void actions.copyViewLink(view.id)}
      >
        <Icon name="link" />
      </button>
    </DeletableRow>
  );
}
