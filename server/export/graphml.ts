/**
 * GraphML, as yEd, Cytoscape, igraph and NetworkX read it.
 */
import type { ExportSource } from "./formats.ts";
import { bestClaims, EDGE_ATTRIBUTES, escapeXml, NODE_ATTRIBUTES, type XmlAttribute, type XmlType } from "./xml.ts";

const TYPES: Readonly<Record<XmlType, string>> = {
  string: "string",
  integer: "long",
  double: "double",
  boolean: "boolean",
};

export async function* graphml(source: ExportSource): AsyncGenerator<string> {
  const proof = await bestClaims(source);
  yield `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="node-name" for="node" attr.name="name" attr.type="string"/>
${keys("node", NODE_ATTRIBUTES)}${keys("edge", EDGE_ATTRIBUTES)}<graph id="fil-rouge" edgedefault="directed">
`;
  const nodes = new Set<string>();
  for await (const page of source.pages()) {
    for (const node of page.nodes) {
      if (nodes.has(node.id)) continue;
      nodes.add(node.id);
      yield (
        `<node id="${escapeXml(node.id)}"><data key="node-name">${escapeXml(node.name)}</data>` +
        `${values("node", NODE_ATTRIBUTES, node)}</node>\n`
      );
    }
  }
  for await (const page of source.pages()) {
    for (const edge of page.edges) {
      // The graph may have grown between the two walks.
      if (!nodes.has(edge.source) || !nodes.has(edge.target)) continue;
      const directed = edge.symmetric ? ' directed="false"' : "";
      yield (
        `<edge id="${escapeXml(edge.id)}" source="${escapeXml(edge.source)}" target="${escapeXml(edge.target)}"${directed}>` +
        `${values("edge", EDGE_ATTRIBUTES, { edge, best: proof(edge) })}</edge>\n`
      );
    }
  }
  yield "</graph>\n</graphml>\n";
}

function keys<T>(kind: "node" | "edge", attributes: readonly XmlAttribute<T>[]): string {
  return attributes
    .map(
      ({ name, type }) => `<key id="${kind}-${name}" for="${kind}" attr.name="${name}" attr.type="${TYPES[type]}"/>\n`,
    )
    .join("");
}

function values<T>(kind: "node" | "edge", attributes: readonly XmlAttribute<T>[], item: T): string {
  return attributes
    .map(({ name, value }) => {
      const found = value(item);
      return found === null ? "" : `<data key="${kind}-${name}">${escapeXml(found)}</data>`;
    })
    .join("");
}
