/** Finds one actor of the graph by a name. */
import { useEffect, useId, useState } from "react";
import type { EntityHit } from "../../../../server/contract/graph.ts";
import { useActions, useText } from "../app-context.tsx";
import { NodeMark } from "../marks.tsx";

const HITS = 6;
const WAIT_MILLISECONDS = 150;

export function EntityPicker({
  label,
  without,
  verb,
  onPick,
}: {
  label: string;
  /** Left out of the answers. */
  without: string | null;
  /** What picking does, for the button of one answer. */
  verb?: (name: string) => string;
  onPick: (entity: EntityHit) => void;
}) {
  const say = useText();
  const actions = useActions();
  const id = useId();
  const [query, setQuery] = useState("");
  const [hits, setHits] = useState<readonly EntityHit[] | null>(null);

  useEffect(() => {
    if (query.trim().length < 2) return;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      void actions.findActors(query, HITS + 1, asking.signal).then((found) => {
        if (found !== null) setHits(found.filter((hit) => hit.id !== without).slice(0, HITS));
      });
    }, WAIT_MILLISECONDS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [actions, query, without]);

  const shown = query.trim().length < 2 ? null : hits;
  return (
    <div className="entity-picker">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        autoComplete="off"
        placeholder={say("pick.search")}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      {shown?.length === 0 && <p className="quiet">{say("pick.none")}</p>}
      {shown !== null && shown.length > 0 && (
        <ul>
          {shown.map((hit) => (
            <li key={hit.id}>
              <button
                type="button"
                className="row"
                {...(verb === undefined ? {} : { "aria-label": verb(hit.name) })}
                onClick={() => {
                  setQuery("");
                  onPick(hit);
                }}
              >
                <NodeMark labels={hit.labels} />
                <bdi>{hit.name}</bdi>
                <span className="quiet">{say("mentions", { n: hit.mentionCount })}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
