/** Read-only Cypher: an editor, a gallery of examples, the answer as a table or in the graph. */
import { useEffect, useMemo, useRef } from "react";
import type { CypherResult, CypherValue } from "../../../../server/contract/cypher.ts";
import { cellText, drawable, shapeOf } from "../../graph/cypher-values.ts";
import { relationshipWords, typeOf } from "../../graph/ontology.ts";
import { QUERY_EXAMPLES } from "../../graph/query-examples.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { NodeMark } from "../marks.tsx";
import { saveFile, toCsv } from "../save-file.ts";

const ROWS_DRAWN = 500;

export function QueryScreen() {
  const say = useText();
  const actions = useActions();
  const { text, answer, fault } = useApp((state) => state.cypher);
  const editor = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    if (fault === null) return;
    editor.current?.focus();
    editor.current?.setSelectionRange(fault.start, fault.end);
  }, [fault]);

  return (
    <div className="query-screen">
      <section className="query-editor">
        <label htmlFor="cypher">{say("query.editor")}</label>
        <textarea
          id="cypher"
          ref={editor}
          rows={9}
          spellCheck={false}
          value={text}
          aria-invalid={answer?.state === "failed"}
          aria-describedby="cypher-help"
          onChange={(event) => actions.setCypher(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void actions.runCypher();
          }}
        />
        <div className="query-run">
          <button
            className="button primary"
            disabled={text.trim() === "" || answer?.state === "loading"}
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
        <h2>{say("query.examples")}</h2>
        <ul className="examples">
          {QUERY_EXAMPLES.map(({ id, cypher }) => (
            <li key={id}>
              <button
                className="row"
                onClick={() => {
                  actions.setCypher(cypher);
                  void actions.runCypher();
                }}
              >
                {say(`query.example.${id}`)}
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section className="query-answer" aria-live="polite">
        {answer?.state === "ready" && <Answer result={answer.value} />}
      </section>
    </div>
  );
}

function Answer({ result }: { result: CypherResult }) {
  const say = useText();
  const actions = useActions();
  const graph = useMemo(() => drawable(result), [result]);
  if (result.rows.length === 0) return <p className="quiet">{say("query.empty")}</p>;
  return (
    <>
      <div className="table-bar">
        <span className="grow">
          {say("query.rows", { n: result.rows.length })}
          {result.truncated && <strong> · {say("query.truncated")}</strong>}
        </span>
        {graph.nodes.length > 0 && (
          <button
            className="button"
            onClick={() => actions.showGraph(graph, { key: "step.query", parameters: {} }, true)}
          >
            {say("query.show")}
          </button>
        )}
        <button
          className="button"
          onClick={() =>
            saveFile("fil-rouge-query.csv", toCsv([result.columns, ...result.rows.map((row) => row.map(cellText))]))
          }
        >
          {say("table.csv")}
        </button>
      </div>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={say("query.title")}>
        <table>
          <thead>
            <tr>
              {result.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {result.rows.slice(0, ROWS_DRAWN).map((row, index) => (
              <tr key={index}>
                {row.map((value, column) => (
                  <td key={column} className={typeof value === "number" ? "number" : ""}>
                    <Cell value={value} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** An entity can be chosen; a relationship reads as words where it has some. */
function Cell({ value }: { value: CypherValue }) {
  const actions = useActions();
  const language = useApp((state) => state.language);
  const shape = shapeOf(value);
  if (shape.kind === "relationship" && shape.type !== null)
    return <em>{relationshipWords(shape.type, "out", language)}</em>;
  if (shape.kind !== "node" || typeOf(shape.labels) === null) return cellText(value);
  return (
    <button className="row" onClick={() => void actions.openEntity(shape.id)}>
      <NodeMark labels={shape.labels} />
      <bdi>{shape.name}</bdi>
    </button>
  );
}
