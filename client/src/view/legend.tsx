/** What shapes, colours and lines mean, for what is in the view. */
import { useMemo } from "react";
import { EDGE_STYLES, edgeStyle, FAMILY_COLOURS } from "../graph/appearance.ts";
import { FAMILIES, familyWords, NODE_TYPES, typeOf, typeWords } from "../graph/ontology.ts";
import { shownOf } from "../state.ts";
import { useActions, useApp, useText } from "./app-context.tsx";
import { LineMark, TypeMark } from "./marks.tsx";

export function Legend() {
  const say = useText();
  const actions = useActions();
  const open = useApp((state) => state.legendOpen);
  const visible = useApp(shownOf);
  const language = useApp((state) => state.language);
  const theme = useApp((state) => state.theme);
  const sizeBy = useApp((state) => state.sizeBy);
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
            {present.types.map((type) => (
              <li key={type}>
                <TypeMark type={type} />
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
