/** What shapes, colours and lines mean, for what is in the view. */
import { useMemo } from "react";
import {
  COMMUNITY_COLOURS,
  communityColour,
  EDGE_STYLES,
  edgeStyle,
  FAMILY_COLOURS,
  shorten,
} from "../graph/appearance.ts";
import { degrees, type Dataset } from "../graph/dataset.ts";
import { FAMILIES, familyWords, NODE_TYPES, typeOf, typeWords } from "../graph/ontology.ts";
import { shownOf } from "../state.ts";
import { useActions, useApp, useText } from "./app-context.tsx";
import { LineMark, TogetherMark, TypeMark } from "./marks.tsx";

export function Legend() {
  const say = useText();
  const actions = useActions();
  const open = useApp((state) => state.legendOpen);
  const visible = useApp(shownOf);
  const language = useApp((state) => state.language);
  const theme = useApp((state) => state.theme);
  const sizeBy = useApp((state) => state.sizeBy);
  const community = useApp((state) =>
    state.colourBy === "community" ? (state.measures.community?.values ?? null) : null,
  );
  const groups = useMemo(() => (community === null ? null : groupsOf(visible, community)), [visible, community]);
  const togetherOn = useApp((state) => state.togetherOn);
  const present = useMemo(() => {
    const edges = [...visible.edges.values()];
    const types = new Set([...visible.nodes.values()].map((node) => typeOf(node.labels)));
    return {
      types: NODE_TYPES.filter((type) => types.has(type)),
      families: FAMILIES.filter((family) => edges.some((edge) => edge.family === family)),
      styles: EDGE_STYLES.filter((style) => edges.some((edge) => edgeStyle(edge) === style)),
      contested: edges.some((edge) => edge.contested),
      former: edges.some((edge) => edge.former),
    };
  }, [visible]);
  if (present.types.length === 0) return null;
  return (
    <section className="legend" aria-label={say("legend")}>
      <button className="legend-title" aria-expanded={open} onClick={() => actions.setLegend(!open)}>
        {say("legend")}
      </button>
      {open && (
        <div className="legend-body">
          <ul>
            {groups === null
              ? null
              : groups.map(({ rank, name, size }) => (
                  <li key={rank}>
                    <span className="swatch group" style={{ background: communityColour(rank, theme) }} />
                    <bdi>{say("legend.group", { name: shorten(name, 20), n: size })}</bdi>
                  </li>
                ))}
            {present.types.map((type) => (
              <li key={type}>
                <TypeMark type={type} plain={groups !== null} />
                {typeWords(type, language)}
              </li>
            ))}
            <li className="quiet">{say("legend.size", { metric: say(`size.${sizeBy}`) })}</li>
          </ul>
          <ul>
            {present.styles.map((style) => (
              <li key={style}>
                <LineMark style={style} />
                {say(`legend.${style}`)}
              </li>
            ))}
            {present.contested && (
              <li>
                <LineMark style="stated" contested />
                {say("legend.contested")}
              </li>
            )}
            {present.former && (
              <li>
                <LineMark style="stated" former />
                {say("legend.former")}
              </li>
            )}
          </ul>
          {togetherOn && (
            <ul>
              <li>
                <TogetherMark />
                {say("legend.together")}
              </li>
            </ul>
          )}
          <ul className="families">
            {present.families.map((family) => (
              <li key={family}>
                <span className="swatch" style={{ background: FAMILY_COLOURS[theme][family] }} />
                {familyWords(family, language)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

interface Group {
  rank: number;
  /** Its best-connected node. */
  name: string;
  size: number;
}

/** The groups that have a colour of their own. */
function groupsOf(visible: Dataset, community: ReadonlyMap<string, number>): Group[] {
  const degree = degrees(visible);
  const groups = new Map<number, Group & { degree: number }>();
  for (const [id, node] of visible.nodes) {
    const rank = community.get(id);
    if (rank === undefined || rank >= COMMUNITY_COLOURS.light.length) continue;
    const group = groups.get(rank);
    const own = degree.get(id) ?? 0;
    if (group === undefined) groups.set(rank, { rank, name: node.name, size: 1, degree: own });
    else {
      group.size += 1;
      if (own > group.degree) Object.assign(group, { name: node.name, degree: own });
    }
  }
  return [...groups.values()].filter(({ size }) => size > 1).sort((a, b) => a.rank - b.rank);
}
