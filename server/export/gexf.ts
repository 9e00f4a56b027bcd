/**
 * GEXF 1.3, as Gephi and Gephi Lite read it. Nodes come before edges there, so the graph is walked twice.
 */
import type { ExportSource } from "./formats.ts";
import { bestClaims, EDGE_ATTRIBUTES, escapeXml, NODE_ATTRIBUTES, type XmlAttribute } from "./xml.ts";

export async function* gexf(source: ExportSource): AsyncGenerator<string> {
  const proof = await bestClaims(source);
  yield `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta><creator>Fil rouge</creator></meta>
<graph defaultedgetype="directed" mode="static">
${declarations("node", NODE_ATTRIBUTES)}${declarations("edge", EDGE_ATTRIBUTES)}<nodes>
`;
  const nodes = new Set<string>();
  for await (const page of source.pages()) {
    for (const node of page.nodes) {
      if (nodes.has(node.id)) continue;
      nodes.add(node.id);
      yield `<node id="${escapeXml(node.id)}" label="${escapeXml(node.name)}">${values(NODE_ATTRIBUTES, node)}</node>\n`;
    }
  }
  yield "</nodes>\n<edges>\n";
  for await (const page of source.pages()) {
    for (const edge of page.edges) {
      // The graph may have grown between the two walks.
      if (!nodes.has(edge.source) || !nodes.has(edge.target)) continue;
      const kind = edge.symmetric ? ' type="undirected"' : "";
      yield (
        `<edge id="${escapeXml(edge.id)}" source="${escapeXml(edge.source)}" target="${escapeXml(edge.target)}"${kind}` +
        ` label="${edge.type}" weight="${Math.max(edge.claims, 1)}">` +
        `${values(EDGE_ATTRIBUTES, { edge, best: proof(edge) })}</edge>\n`
      );
    }
  }
  yield "</edges>\n</graph>\n</gexf>\n";
}

function declarations<T>(kind: "node" | "edge", attributes: readonly XmlAttribute<T>[]): string {
  const lines = attributes.map(({ name, type }) => `<attribute id="${name}" title="${name}" type="${type}"/>`);
  return `<attributes class="${kind}">\n${lines.join("\n")}\n</attributes>\n`;
}

function values<T>(attributes: readonly XmlAttribute<T>[], item: T): string {
  const parts = attributes.flatMap(({ name, value }) => {
    const found = value(item);
    return found === null ? [] : [`<attvalue for="${name}" value="${escapeXml(found)}"/>`];
  });
  return parts.length === 0 ? "" : `<attvalues>${parts.join("")}</attvalues>`;
}
