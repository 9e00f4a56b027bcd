/** Over the canvas: what is shown of how much, the steps back and forth, the filters as chips. */
import { useApp, useActions, useText } from "./app-context.tsx";
import { activeConditions, visibleOf } from "../graph/visible.ts";
import { viewOf } from "../state.ts";
import { FilterChips, FilterMenu } from "./filters.tsx";
import { useMemo } from "react";

export function StatusLine() {
  const say = useText();
  const actions = useActions();
  const view = useApp(viewOf);
  const filter = useApp((state) => state.filter);
  const running = useApp((state) => state.layout.running);
  const visible = useMemo(() => visibleOf(view.dataset, view.hidden, filter), [view.dataset, view.hidden, filter]);
  const { overview } = view;
  const counts =
    overview === null
      ? say("showing.view", { n: visible.nodes.size, edges: visible.edges.size })
      : overview.shown >= overview.total
        ? say("showing.all", { n: overview.shown })
        : say("showing", overview);
  if (view.dataset.nodes.size === 0 && activeConditions(filter) === 0) return null;
  return (
    <>
      <FilterMenu />
      <FilterChips />
      <span className="counts" role="status" title={overview === null ? undefined : say("showing.overview.help")}>
        {counts}
        {running && <span className="running"> · {say("layout.running")}</span>}
      </span>
      {overview === null && (
        <button className="link" onClick={() => void actions.openOverview()}>
          {say("overview.back")}
        </button>
      )}
      {visible.nodes.size === 0 && <span className="counts">{say("filter.nothing")}</span>}
    </>
  );
}
