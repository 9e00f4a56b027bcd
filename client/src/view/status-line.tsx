/** Over the canvas: what is shown of how much, the steps back and forth, the filters as chips. */
import { useApp, useActions, useText } from "./app-context.tsx";
import { activeConditions } from "../graph/visible.ts";
import { shownOf, viewOf } from "../state.ts";
import { FilterChips, FilterMenu } from "./filters.tsx";
import { OpenedLine } from "./opened-line.tsx";

export function StatusLine() {
  const say = useText();
  const actions = useActions();
  const view = useApp(viewOf);
  const filter = useApp((state) => state.filter);
  const running = useApp((state) => state.layout.running);
  const visible = useApp(shownOf);
  const { overview } = view;
  const counts =
    overview === null
      ? say("showing.view", { n: visible.nodes.size, edges: visible.edges.size })
      : visible.nodes.size >= overview.total
        ? say("showing.all", { n: visible.nodes.size })
        : say("showing", { shown: visible.nodes.size, total: overview.total });
  const isStarting = useApp((state) => state.history.present.label.key === "step.start");
  if (view.dataset.nodes.size === 0 && (isStarting || activeConditions(filter) === 0)) return null;
  return (
    <>
      <OpenedLine />
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
