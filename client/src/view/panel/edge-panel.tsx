/** One relationship as a sentence, how it stands, and the quotes that state it, newest first. */
import type { GraphEdge } from "../../../../server/contract/graph.ts";
import { relationshipWords } from "../../graph/ontology.ts";
import { evidenceKey, viewOf, type Evidence } from "../../state.ts";
import { dateWords } from "../../text.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { EdgeMark, NodeMark } from "../marks.tsx";
import { Quote } from "./quote.tsx";

export function EdgePanel({ edge }: { edge: GraphEdge }) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const evidence = useApp((state) => state.evidence[evidenceKey(edge)]);
  return (
    <>
      <h2 className="statement">
        <End id={edge.source} />
        <span className="verb">{relationshipWords(edge.type, edge.symmetric ? "both" : "out", language)}</span>
        <End id={edge.target} />
      </h2>
      <p className="standing">
        <EdgeMark edge={edge} />
        <span className={`tag tag-${edge.derived ? "derived" : edge.standing}`}>
          {say(`edge.${edge.derived ? "derived" : edge.standing}`)}
        </span>
        {edge.former && <span className="tag">{say("edge.former")}</span>}
        {edge.contested && <span className="tag tag-contested">{say("edge.contested")}</span>}
        <span className="quiet">
          {say("quotes", { n: edge.claims })}, {say("articles", { n: edge.documents })},{" "}
          {say("sources", { n: edge.sources })} · {say("edge.confidence", { n: Math.round(edge.confidence * 100) })}
        </span>
      </p>
      {edge.firstDate !== null && edge.lastDate !== null && (
        <p className="quiet">
          {edge.firstDate === edge.lastDate
            ? say("edge.date", { from: dateWords(edge.firstDate, language) })
            : say("edge.dates", { from: dateWords(edge.firstDate, language), to: dateWords(edge.lastDate, language) })}
        </p>
      )}
      {edge.sources < edge.documents && (
        <p className="remark">{say("edge.copies", { articles: edge.documents, n: edge.sources })}</p>
      )}
      {edge.derived && <p className="remark">{say("edge.derived.help")}</p>}
      {edge.standing === "alleged" && <p className="remark">{say("edge.alleged.help")}</p>}
      {edge.contested && <p className="remark">{say("edge.contested.help")}</p>}
      {evidence === undefined || evidence.state === "loading" ? (
        <p className="waiting">{say("loading")}</p>
      ) : evidence.state === "failed" ? (
        <p className="form-problem" role="alert">
          {evidence.message}{" "}
          <button className="link" onClick={() => void actions.selectEdge(edge)}>
            {say("retry")}
          </button>
        </p>
      ) : evidence.value.claims.length === 0 && evidence.value.keptAt === null ? (
        <p className="quiet">{say("edge.none")}</p>
      ) : (
        <>
          {evidence.value.keptAt !== null && <Kept edge={edge} at={evidence.value.keptAt} evidence={evidence.value} />}
          <ol className="quotes">
            {evidence.value.claims.map((claim) => (
              <li key={claim.id}>
                <Quote claim={claim} withStatement={edge.derived} />
              </li>
            ))}
          </ol>
          {evidence.value.nextCursor !== null && (
            <button
              className="button"
              disabled={evidence.value.loadingMore}
              onClick={() => void actions.moreEvidence(edge)}
            >
              {say("more")} ({evidence.value.claims.length.toLocaleString(language)} /{" "}
              {evidence.value.total.toLocaleString(language)})
            </button>
          )}
        </>
      )}
    </>
  );
}

/** Quotes that a saved view kept, and the way to those of today. */
function Kept({ edge, at, evidence }: { edge: GraphEdge; at: string; evidence: Evidence }) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const { claims, total } = evidence;
  return (
    <p className="remark">
      {say("edge.kept", { date: dateWords(at, language), n: claims.length, total })}{" "}
      <button className="link" onClick={() => void actions.loadEvidence(edge)}>
        {say("edge.kept.now")}
      </button>
    </p>
  );
}

function End({ id }: { id: string }) {
  const actions = useActions();
  const node = useApp((state) => viewOf(state).dataset.nodes.get(id));
  if (node === undefined) return <span>{id}</span>;
  return (
    <button className="end" onClick={() => void actions.selectEntity(id)}>
      <NodeMark labels={node.labels} size={16} />
      <bdi>{node.name}</bdi>
    </button>
  );
}
