/** Read-only Cypher: the editor with its parameters, the gallery and the saved queries, the answer. */
import { useEffect, useId, useState } from "react";
import type { GalleryQuery, SavedQuery } from "../../../../server/contract/api.ts";
import { parametersIn } from "../../graph/cypher-completion.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { DeletableRow } from "../deletable-row.tsx";
import { CypherEditor } from "./cypher-editor.tsx";
import { QueryAnswer } from "./query-answer.tsx";

export function QueryScreen() {
  const say = useText();
  const actions = useActions();
  const answer = useApp((state) => state.cypher.answer);
  const isEmpty = useApp((state) => state.cypher.text.trim() === "");

  useEffect(() => void actions.loadQueries(), [actions]);

  return (
    <div className="query-screen">
      <section className="query-editor">
        <h2>{say("query.editor")}</h2>
        <CypherEditor />
        <Parameters />
        <div className="query-run">
          <button
            className="button primary"
            disabled={isEmpty || answer?.state === "loading"}
            onClick={() => void actions.runCypher()}
          >
            {say(answer?.state === "loading" ? "query.running" : "query.run")}
          </button>
          <span className="quiet" id="cypher-help">
            {say("query.help")}
          </span>
        </div>
        {answer?.state === "failed" && (
          <p className="form-problem" role="alert">
            {answer.message}
          </p>
        )}
        <Queries />
      </section>
      <section className="query-answer" aria-live="polite">
        {answer === null && <p className="quiet">{say("query.start")}</p>}
        {answer?.state === "ready" && <QueryAnswer result={answer.value} />}
      </section>
    </div>
  );
}

function Parameters() {
  const say = useText();
  const language = useApp((state) => state.language);
  const text = useApp((state) => state.cypher.text);
  const known = useApp(({ cypher, queries }) =>
    queries?.state === "ready" && cypher.origin?.kind === "gallery"
      ? queries.value.gallery.find(({ id }) => id === cypher.origin?.id)
      : undefined,
  );
  const names = parametersIn(text);
  if (names.length === 0) return null;
  const described = (name: string) => known?.params.find((parameter) => parameter.name === name);
  const hasFree = names.some((name) => described(name) === undefined);
  return (
    <fieldset className="query-parameters">
      <legend>{say("query.parameters")}</legend>
      {names.map((name) => {
        const parameter = described(name);
        return (
          <Parameter
            key={name}
            name={name}
            label={parameter?.label[language] ?? `$${name}`}
            kind={parameter?.kind ?? null}
          />
        );
      })}
      {hasFree && <p className="quiet">{say("query.parameters.help")}</p>}
    </fieldset>
  );
}

interface ParameterProps {
  name: string;
  label: string;
  kind: GalleryQuery["params"][number]["kind"] | null;
}

function Parameter({ name, label, kind }: ParameterProps) {
  const say = useText();
  const actions = useActions();
  const value = useApp((state) => state.cypher.params[name] ?? "");
  const [proposed, setProposed] = useState<readonly string[]>([]);
  const list = useId();
  return (
    <label>
      {label}
      <input
        type="text"
        value={value}
        placeholder={kind === "date" ? say("add.date.help") : undefined}
        list={kind === "entity" ? list : undefined}
        onChange={(event) => {
          actions.setParameter(name, event.target.value);
          if (kind === "entity") void actions.proposeNames(event.target.value).then(setProposed);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") void actions.runCypher();
        }}
      />
      {kind === "entity" && (
        <datalist id={list}>
          {proposed.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </label>
  );
}

function Queries() {
  const say = useText();
  const actions = useActions();
  const queries = useApp((state) => state.queries);
  if (queries === null || queries.state === "loading") return <p className="waiting">{say("loading")}</p>;
  if (queries.state === "failed") {
    return (
      <p className="form-problem" role="alert">
        {queries.message}{" "}
        <button className="link" onClick={() => void actions.loadQueries()}>
          {say("retry")}
        </button>
      </p>
    );
  }
  return (
    <>
      <SavedQueries saved={queries.value.saved} />
      <Gallery gallery={queries.value.gallery} />
    </>
  );
}

function Gallery({ gallery }: { gallery: readonly GalleryQuery[] }) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const origin = useApp((state) => state.cypher.origin);
  return (
    <>
      <h2>{say("query.examples")}</h2>
      <ul className="examples">
        {gallery.map(({ id, title, description }) => (
          <li key={id}>
            <button
              className="row"
              aria-current={origin?.kind === "gallery" && origin.id === id}
              onClick={() => void actions.openGalleryQuery(id)}
            >
              {title[language]}
              <span className="quiet">{description[language]}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function SavedQueries({ saved }: { saved: readonly SavedQuery[] }) {
  const say = useText();
  const actions = useActions();
  const { text, origin } = useApp((state) => state.cypher);
  const [name, setName] = useState("");
  const open = origin?.kind === "saved" ? saved.find(({ id }) => id === origin.id) : undefined;
  return (
    <>
      <h2>{say("query.saved.title")}</h2>
      {saved.length === 0 && <p className="quiet">{say("query.saved.none")}</p>}
      <ul className="saved-queries">
        {saved.map((query) => (
          <SavedQueryRow key={query.id} query={query} isOpen={query === open} />
        ))}
      </ul>
      {open !== undefined && open.cypher !== text && (
        <button className="button" onClick={() => void actions.saveQueryChanges(open)}>
          {say("query.save.changes", { name: open.name })}
        </button>
      )}
      <form
        className="save-line"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") void actions.saveQuery(name).then(() => setName(""));
        }}
      >
        <input
          type="text"
          maxLength={200}
          aria-label={say("query.save.name")}
          placeholder={say("query.save.name")}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button className="button" disabled={name.trim() === "" || text.trim() === ""}>
          {say("query.save")}
        </button>
      </form>
    </>
  );
}

function SavedQueryRow({ query, isOpen }: { query: SavedQuery; isOpen: boolean }) {
  const say = useText();
  const actions = useActions();
  return (
    <DeletableRow
      label={say("query.delete.of", { name: query.name })}
      question={say("query.delete.ask")}
      verb={say("query.delete.yes")}
      onDelete={() => void actions.deleteQuery(query.id)}
    >
      <button className="row" aria-current={isOpen} onClick={() => actions.openSavedQuery(query.id)}>
        <bdi>{query.name}</bdi>
      </button>
    </DeletableRow>
  );
}
