/** The same data as a table: actors and relationships, sortable, filtered by words, saved as CSV, chosen like on the canvas. */
import { useMemo, useState } from "react";
import type { GraphEdge, GraphNode } from "../../../../server/contract/graph.ts";
import { edgeStyle } from "../../graph/appearance.ts";
import { degrees } from "../../graph/dataset.ts";
import { relationshipWords, typeOf, typeWords } from "../../graph/ontology.ts";
import { selectionOf, shownOf } from "../../state.ts";
import type { TextKey } from "../../text.ts";
import { useActions, useApp, useText, type Say } from "../app-context.tsx";
import { FilterChips, FilterMenu } from "../filters.tsx";
import { EdgeMark, NodeMark } from "../marks.tsx";
import { saveFile, toCsv } from "../save-file.ts";
import { Timeline } from "../timeline.tsx";

type Cell = string | number | null;

interface Row {
  id: string;
  cells: readonly Cell[];
  node: GraphNode | null;
  edge: GraphEdge | null;
}

const ENTITY_COLUMNS = [
  "table.name",
  "table.type",
  "table.links",
  "table.mentions",
  "table.articles",
  "table.first",
  "table.last",
] as const;
const EDGE_COLUMNS = [
  "table.subject",
  "table.relationship",
  "table.object",
  "table.standing",
  "table.quotes",
  "table.sources",
  "table.confidence",
  "table.date",
] as const;

const NUMBERS: ReadonlySet<TextKey> = new Set<TextKey>([
  "table.links",
  "table.mentions",
  "table.articles",
  "table.quotes",
  "table.sources",
  "table.confidence",
]);

/** Rows drawn at once; the rest is a click away, and all of them are in the CSV. */
const ROWS_A_PAGE = 300;

export function TableScreen() {
  const say = useText();
  const visible = useApp(shownOf);
  const language = useApp((state) => state.language);
  const [kind, setKind] = useState<"entities" | "relationships">("relationships");
  const [words, setWords] = useState("");
  const [sort, setSort] = useState<{ column: number; down: boolean }>({ column: 4, down: true });
  const [limit, setLimit] = useState(ROWS_A_PAGE);
  const columns: readonly TextKey[] = kind === "entities" ? ENTITY_COLUMNS : EDGE_COLUMNS;
  const rows = useMemo(() => {
    if (kind === "entities") {
      const degree = degrees(visible);
      return [...visible.nodes.values()].map((node): Row => entityRow(node, degree.get(node.id) ?? 0, language));
    }
    return [...visible.edges.values()].map((edge): Row => edgeRow(edge, visible.nodes, language, say));
  }, [visible, kind, language, say]);
  const shown = useMemo(() => sorted(fitting(rows, words), sort, language), [rows, words, sort, language]);

  return (
    <div className="table-screen">
      <div className="table-bar">
        <div className="choices">
          {(["entities", "relationships"] as const).map((one) => (
            <button
              key={one}
              aria-pressed={kind === one}
              onClick={() => {
                setKind(one);
                setSort(one === "entities" ? { column: 2, down: true } : { column: 4, down: true });
              }}
            >
              {say(`table.${one}`)}
            </button>
          ))}
        </div>
        <input
          type="search"
          aria-label={say("table.find")}
          placeholder={say("table.find")}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <FilterMenu />
        <FilterChips />
        <span className="quiet grow">{shown.length.toLocaleString(language)}</span>
        <button
          className="button"
          onClick={() =>
            saveFile(
              `fil-rouge-${kind}.csv`,
              toCsv([columns.map((column) => say(column)), ...shown.map((row) => row.cells)]),
            )
          }
        >
          {say("table.csv")}
        </button>
      </div>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={say(`table.${kind}`)}>
        <table>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th
                  key={column}
                  scope="col"
                  className={NUMBERS.has(column) ? "number" : ""}
                  aria-sort={sort.column === index ? (sort.down ? "descending" : "ascending") : "none"}
                >
                  <button onClick={() => setSort({ column: index, down: sort.column === index ? !sort.down : false })}>
                    {say(column)}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, limit).map((row) => (
              <TableRow key={row.id} row={row} />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p className="quiet">{say("table.none")}</p>}
        {shown.length > limit && (
          <button className="button" onClick={() => setLimit(limit + ROWS_A_PAGE)}>
            {say("more")}
          </button>
        )}
      </div>
      <Timeline />
    </div>
  );
}

function TableRow({ row }: { row: Row }) {
  const actions = useActions();
  const selected = useApp((state) => {
    const selection = selectionOf(state);
    if (selection?.kind === "entity") return row.node?.id === selection.id;
    return selection?.kind === "edge" && row.edge?.id === selection.edge.id;
  });
  const choose = () => {
    if (row.node !== null) void actions.selectEntity(row.node.id);
    if (row.edge !== null) void actions.selectEdge(row.edge);
  };
  return (
    <tr className={selected ? "selected" : ""} onClick={choose}>
      {row.cells.map((cell, index) => (
        <td key={index} className={typeof cell === "number" ? "number" : ""}>
          {index === 0 && row.node !== null ? (
            <button className="row" aria-current={selected}>
              <NodeMark labels={row.node.labels} />
              <bdi>{cell}</bdi>
            </button>
          ) : index === 1 && row.edge !== null ? (
            <button className="row" aria-current={selected}>
              <EdgeMark edge={row.edge} />
              {cell}
            </button>
          ) : (
            <bdi>{cell}</bdi>
          )}
        </td>
      ))}
    </tr>
  );
}

function entityRow(node: GraphNode, degree: number, language: "fr" | "en"): Row {
  const type = typeOf(node.labels);
  const kind = type === null ? "" : typeWords(type, language);
  const cells = [node.name, kind, degree, node.mentionCount, node.documentCount, node.firstSeen, node.lastSeen];
  return { id: node.id, cells, node, edge: null };
}

function edgeRow(edge: GraphEdge, nodes: ReadonlyMap<string, GraphNode>, language: "fr" | "en", say: Say): Row {
  const remarks = [
    say(`edge.${edgeStyle(edge)}`),
    ...(edge.former ? [say("edge.former")] : []),
    ...(edge.contested ? [say("edge.contested")] : []),
  ];
  const cells = [
    nodes.get(edge.source)?.name ?? edge.source,
    relationshipWords(edge.type, edge.symmetric ? "both" : "out", language),
    nodes.get(edge.target)?.name ?? edge.target,
    remarks.join(", "),
    edge.claims,
    edge.sources,
    Math.round(edge.confidence * 100),
    edge.lastDate,
  ];
  return { id: edge.id, cells, node: null, edge };
}

function fitting(rows: readonly Row[], words: string): Row[] {
  const wanted = words
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return rows.filter((row) => {
    const text = row.cells.join(" ").toLocaleLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

function sorted(rows: readonly Row[], { column, down }: { column: number; down: boolean }, language: string): Row[] {
  const sign = down ? -1 : 1;
  return [...rows].sort((first, second) => {
    const a = first.cells[column] ?? "";
    const b = second.cells[column] ?? "";
    // What has no value stands last either way.
    if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    return sign * String(a).localeCompare(String(b), language);
  });
}
