/** All shortest paths between two actors, each step with its best quote. */
import type { Path, Paths } from "../../../../server/contract/graph.ts";
import { relationshipWords } from "../../graph/ontology.ts";
import { viewOf } from "../../state.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { NodeMark } from "../marks.tsx";
import { Quote } from "./quote.tsx";

export function PathsPanel({ from, to }: { from: string; to: string | null }) {
  const say = useText();
  const paths = useApp((state) => state.paths);
  return (
    <>
      <dl className="path-ends">
        <dt>{say("paths.from")}</dt>
        <dd>
          <NodeName id={from} />
        </dd>
        <dt>{say("paths.to")}</dt>
        <dd>{to === null ? <span className="quiet">{say("paths.choose")}</span> : <NodeName id={to} />}</dd>
      </dl>
      {to !== null && paths?.state === "loading" && <p className="waiting">{say("loading")}</p>}
      {to !== null && paths?.state === "failed" && <p className="form-problem">{paths.message}</p>}
      {to !== null && paths?.state === "ready" && <PathList paths={paths.value} />}
    </>
  );
}

function NodeName({ id }: { id: string }) {
  const node = useApp((state) => viewOf(state).dataset.nodes.get(id));
  const detail = useApp((state) => state.entities[id]);
  const known = node ?? (detail?.state === "ready" ? detail.value : undefined);
  if (known === undefined) return <span>…</span>;
  return (
    <span className="node-name">
      <NodeMark labels={known.labels} />
      <bdi>{known.name}</bdi>
    </span>
  );
}

function PathList({ paths }: { paths: Paths }) {
  const say = useText();
  const actions = useActions();
  if (paths.length === null || paths.paths.length === 0) return <p>{say("paths.none")}</p>;
  const ends = paths.paths[0]?.nodes ?? [];
  const name = (id: string | undefined) => paths.graph.nodes.find((node) => node.id === id)?.name ?? "";
  return (
    <>
      <p>{say("paths.found", { n: paths.paths.length, steps: paths.length })}</p>
      <button
        className="button"
        onClick={() =>
          actions.showGraph(
            paths.graph,
            { key: "step.path", parameters: { name: name(ends[0]), other: name(ends.at(-1)) } },
            false,
          )
        }
      >
        {say("paths.show")}
      </button>
      <ol className="path-list">
        {paths.paths.map((path) => (
          <li key={path.nodes.join(" ")}>
            <PathSteps path={path} graph={paths.graph} />
          </li>
        ))}
      </ol>
    </>
  );
}

function PathSteps({ path, graph }: { path: Path; graph: Paths["graph"] }) {
  const actions = useActions();
  const language = useApp((state) => state.language);
  return path.nodes.map((id, index) => {
    const node = graph.nodes.find((one) => one.id === id);
    const hop = path.hops[index];
    const edge = graph.edges.find((one) => one.id === hop?.edges[0]);
    const claim = hop?.claims[0];
    return (
      <div key={id} className="path-step">
        <button className="row" onClick={() => void actions.openEntity(id)}>
          <NodeMark labels={node?.labels ?? []} />
          <bdi>{node?.name ?? id}</bdi>
        </button>
        {edge !== undefined && (
          <p className="path-verb">
            {relationshipWords(edge.type, edge.symmetric ? "both" : edge.source === id ? "out" : "in", language)}
          </p>
        )}
        {claim !== undefined && <Quote claim={claim} />}
      </div>
    );
  });
}
