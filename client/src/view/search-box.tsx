/** Search with suggestions: actors of the graph and articles, chosen by pointer or arrow keys. */
import { useId, useRef, useState, type KeyboardEvent } from "react";
import type { DocumentSummary, EntityHit } from "../../../server/contract/graph.ts";
import { typeOf, typeWords } from "../graph/ontology.ts";
import { dateWords } from "../text.ts";
import { useActions, useApp, useStoreOfApp, useText } from "./app-context.tsx";
import { Icon, NodeMark } from "./marks.tsx";

type Choice = { kind: "entity"; hit: EntityHit } | { kind: "article"; document: DocumentSummary };

export function SearchBox() {
  const say = useText();
  const actions = useActions();
  const store = useStoreOfApp();
  const search = useApp((state) => state.search);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const choices: Choice[] = [
    ...search.entities.map((hit): Choice => ({ kind: "entity", hit })),
    ...search.documents.map((document): Choice => ({ kind: "article", document })),
  ];

  const close = () => {
    setOpen(false);
    setChosen(0);
  };
  const take = (choice: Choice) => {
    close();
    input.current?.blur();
    actions.search("");
    if (choice.kind === "entity") void actions.openEntity(choice.hit.id);
    else void actions.openArticle(choice.document.id, null);
  };
  /** Somebody who types and presses Enter means the best hit of what was typed, not of what is shown yet. */
  const takeFirstWhenReady = () => {
    const stop = store.subscribe(({ search: next }) => {
      if (next.state === "searching") return;
      stop();
      const [entity] = next.entities;
      const [document] = next.documents;
      if (entity !== undefined) take({ kind: "entity", hit: entity });
      else if (document !== undefined) take({ kind: "article", document });
    });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setChosen((chosen + step + choices.length) % Math.max(1, choices.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const choice = choices[chosen];
      if (open && choice !== undefined && search.state === "ready") take(choice);
      else if (search.state === "searching") takeFirstWhenReady();
    } else if (event.key === "Escape") {
      close();
      input.current?.blur();
    }
  };

  return (
    <div
      className="search"
      role="search"
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && close()}
    >
      <Icon name="search" />
      <input
        ref={input}
        id="search"
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-label={say("search.label")}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && choices.length > 0 ? `${listId}-${chosen}` : undefined}
        placeholder={say("search.placeholder")}
        value={search.query}
        onFocus={() => {
          setOpen(true);
          if (search.state === "idle" || search.state === "failed") actions.search(search.query);
        }}
        onClick={() => setOpen(true)}
        onChange={(event) => {
          setOpen(true);
          setChosen(0);
          actions.search(event.target.value);
        }}
        onKeyDown={onKey}
      />
      <kbd aria-hidden="true">/</kbd>
      <div className="suggestions" hidden={!open}>
        <SuggestionList id={listId} choices={choices} chosen={chosen} take={take} />
        {search.state === "failed" && <p className="suggestion-note">{say("search.failed")}</p>}
        {search.state === "searching" && choices.length === 0 && (
          <p className="suggestion-note">{say("search.searching")}</p>
        )}
        {search.state === "ready" && choices.length === 0 && search.query.trim() !== "" && (
          <p className="suggestion-note">
            <strong>{say("search.none", { query: search.query.trim() })}</strong>
            <br />
            {say("search.none.help")}
          </p>
        )}
      </div>
    </div>
  );
}

interface SuggestionListProps {
  id: string;
  choices: readonly Choice[];
  chosen: number;
  take: (choice: Choice) => void;
}

function SuggestionList({ id, choices, chosen, take }: SuggestionListProps) {
  const say = useText();
  const query = useApp((state) => state.search.query.trim());
  const firstArticle = choices.findIndex((choice) => choice.kind === "article");
  return (
    <ul id={id} role="listbox" aria-label={say("search.label")}>
      {choices.map((choice, index) => (
        <li
          key={choice.kind === "entity" ? choice.hit.id : choice.document.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          data-heading={
            index === 0 && choice.kind === "entity"
              ? say(query === "" ? "search.top" : "search.actors")
              : index === firstArticle
                ? say("search.articles")
                : undefined
          }
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => take(choice)}
        >
          {choice.kind === "entity" ? <EntityChoice hit={choice.hit} /> : <ArticleChoice document={choice.document} />}
        </li>
      ))}
    </ul>
  );
}

function EntityChoice({ hit }: { hit: EntityHit }) {
  const say = useText();
  const language = useApp((state) => state.language);
  const type = typeOf(hit.labels);
  return (
    <span className="suggestion">
      <NodeMark labels={hit.labels} />
      <span className="suggestion-name">
        <bdi>{hit.name}</bdi>
        {hit.match !== hit.name && <em> {say("search.also", { match: hit.match })}</em>}
      </span>
      <span className="suggestion-meta">
        {type === null ? "" : typeWords(type, language)} · {say("links", { n: hit.degree })}
      </span>
    </span>
  );
}

function ArticleChoice({ document }: { document: DocumentSummary }) {
  const language = useApp((state) => state.language);
  const excerpt = document.excerpts[0];
  return (
    <span className="suggestion">
      <Icon name="articles" />
      <span className="suggestion-name">
        <bdi>{document.title}</bdi>
        {excerpt !== undefined && <Excerpt text={excerpt.text} marks={excerpt.marks} />}
      </span>
      <span className="suggestion-meta">
        {document.publishedAt === null ? "" : dateWords(document.publishedAt, language)}
      </span>
    </span>
  );
}

export function Excerpt({ text, marks }: { text: string; marks: readonly (readonly [number, number])[] }) {
  const pieces = [];
  let at = 0;
  for (const [start, end] of marks) {
    pieces.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  return (
    <small className="excerpt">
      {pieces}
      {text.slice(at)}
    </small>
  );
}
