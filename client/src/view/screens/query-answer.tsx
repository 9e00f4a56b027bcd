/** The answer of a query: as a table, as JSON, in the graph, as a file. */
import { useMemo, useState } from "react";
import type { CypherResult, CypherValue } from "../../../../server/contract/cypher.ts";
import { cellText, drawable, shapeOf } from "../../graph/cypher-values.ts";
import { relationshipWords, typeOf } from "../../graph/ontology.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { NodeMark } from "../marks.tsx";
import { saveFile, toCsv } from "../save-file.ts";

const ROWS_DRAWN = 500;
const FORMS = ["table", "json"] as const;

export function QueryAnswer({ result }: { result: CypherResult }) {
  const say = useText();
  const actions = useActions();
  const graph = useMemo(() => drawable(result), [result]);
  const [form, setForm] = useState<(typeof FORMS)[number]>("table");
  if (result.rows.length === 0) return <p className="quiet">{say("query.empty")}</p>;
  const drawn = Math.min(result.rows.length, ROWS_DRAWN);
  return (
    <>
      <div className="table-bar">
        <div className="choices" role="group" aria-label={say("query.form")}>
          {FORMS.map((one) => (
            <button key={one} aria-pressed={form === one} onClick={() => setForm(one)}>
              {say(`query.form.${one}`)}
            </button>
          ))}
        </div>
        <span className="grow">
          {say("query.rows", { n: result.rows.length })}
          {drawn < result.rows.length && <> · {say("query.drawn", { n: drawn })}</>}
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
        <button
          className="button"
          onClick={() => saveFile("fil-rouge-query.json", new Blob([jsonOf(result)], { type: "application/json" }))}
        >
          {say("query.json.save")}
        </button>
      </div>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={say("query.title")}>
        {form === "table" ? <Table result={result} /> : <pre className="query-json">{jsonOf(result, ROWS_DRAWN)}</pre>}
      </div>
    </>
  );
}

/** One object a row, by the names of the columns. */
function jsonOf({ columns, rows }: CypherResult, most = rows.length): string {
  const objects = rows
    .slice(0, most)
    .map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])));
  return JSON.stringify(objects, null, 2);
}

function Table({ result }: { result: CypherResult }) {
  return (
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
