/**
 * The page's own drawings: the thread, the silhouettes of node types, the lines of the legend, the icons of buttons.
 */
import type { GraphEdge } from "../../../server/contract/graph.ts";
import type { NodeType } from "../../../server/contract/ontology.ts";
import { DASHES, edgeStyle, typeColour, type EdgeStyle } from "../graph/appearance.ts";
import { typeOf } from "../graph/ontology.ts";
import { SHAPE_OF_TYPE, SHAPE_PATHS } from "../graph/shapes.ts";
import { useApp } from "./app-context.tsx";

export function Logo() {
  return (
    <svg className="logo-mark" viewBox="0 0 40 28" aria-hidden="true">
      <path
        d="M4 21c6 0 6-16 13-16 6 0 6.500 14 1.500 14-5 0-4-10.500 3.500-12.500 4.500-1.200 9-1 14-.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.200"
        strokeLinecap="round"
      />
      <circle cx="4" cy="21" r="3" fill="currentColor" />
      <circle cx="36" cy="6" r="3" fill="currentColor" />
    </svg>
  );
}

/** Plain: the shape alone, where colour tells something else. */
export function TypeMark({
  type,
  size = 14,
  plain = false,
}: {
  type: NodeType | null;
  size?: number;
  plain?: boolean;
}) {
  const theme = useApp((state) => state.theme);
  const path = SHAPE_PATHS[type === null ? "circle" : SHAPE_OF_TYPE[type]];
  return (
    <svg className="type-mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} fill={plain ? "currentColor" : typeColour(type, theme)} fillRule="evenodd" />
    </svg>
  );
}

export function NodeMark({ labels, size }: { labels: readonly string[]; size?: number }) {
  return <TypeMark type={typeOf(labels)} {...(size === undefined ? {} : { size })} />;
}

export function LineMark({
  style,
  contested = false,
  former = false,
}: {
  style: EdgeStyle;
  contested?: boolean;
  former?: boolean;
}) {
  const [dash, gap] = DASHES[style];
  return (
    <svg className="line-mark" width="44" height="12" viewBox="0 0 44 12" aria-hidden="true">
      <g stroke="currentColor" fill="none" strokeWidth={style === "derived" ? 1.3 : 1.8} opacity={former ? 0.45 : 1}>
        <path d="M1 6h36" {...(dash === 0 ? {} : { strokeDasharray: `${dash} ${gap}` })} />
        <path d="M37 2.800 43 6l-6 3.200z" fill="currentColor" stroke="none" />
        {contested && <path d="M16 10.500 18.500 1.500M20.500 10.500 23 1.500" />}
      </g>
    </svg>
  );
}

export function TogetherMark() {
  return (
    <svg className="line-mark" width="44" height="12" viewBox="0 0 44 12" aria-hidden="true">
      <path
        d="M2 6h40"
        stroke="currentColor"
        strokeWidth="1.600"
        strokeLinecap="round"
        strokeDasharray="0.1 5"
        opacity="0.7"
      />
    </svg>
  );
}

export function EdgeMark({ edge }: { edge: GraphEdge }) {
  return <LineMark style={edgeStyle(edge)} contested={edge.contested} former={edge.former} />;
}

const ICONS = {
  search: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.200 15.200 20.500 20.500",
  close: "M6 6l12 12M18 6 6 18",
  back: "M14.500 5.500 8 12l6.500 6.500",
  pin: "M9 4.500h6l-.8 6 3.300 3v1.500H6.500v-1.500l3.300-3zM12 15v5.500",
  play: "M8 5.500v13l10.500-6.500z",
  pause: "M9 6v12M15 6v12",
  undo: "M8.500 5 4.500 9l4 4M5 9h9a5 5 0 0 1 0 10h-3",
  redo: "M15.500 5l4 4-4 4M19 9h-9a5 5 0 0 0 0 10h3",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  fit: "M4.500 9V4.500H9M15 4.500h4.500V9M19.500 15v4.500H15M9 19.500H4.500V15",
  arrange:
    "M6 6.500a2 2 0 1 0 0 .01M18 5.500a2 2 0 1 0 0 .01M12 17.500a2 2 0 1 0 0 .01M7.500 8l3.500 7.500M16.800 7.200 13 15.500M8 6.300l8-.6",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2.500M12 19v2.500M2.500 12H5M19 12h2.500M5.300 5.300 7 7M17 17l1.700 1.700M5.300 18.700 7 17M17 7l1.700-1.700",
  moon: "M19.500 14.200A8 8 0 1 1 9.800 4.500a6.500 6.500 0 0 0 9.700 9.700z",
  help: "M9 9a3 3 0 1 1 4.200 2.800c-.8.4-1.200.9-1.200 1.900v.6M12 17.600v.01",
  filter: "M4 6h16M7 12h10M10 18h4",
  image: "M4 5.500h16v13H4zM4 16l5-5 4 4 2.500-2.500L20 17M15 9.200v.01",
  save: "M12 4v11M7.500 10.800 12 15.300l4.500-4.500M5 19.500h14",
  steps: "M5 6h.01M9 6h10M5 12h.01M9 12h10M5 18h.01M9 18h10",
  articles: "M6 4h9l3 3v13H6zM9 10h6M9 13.500h6M9 17h4",
  trash: "M5 7h14M9.500 7V4.500h5V7M7 7l1 13h8l1-13M10.500 10.500v6M13.500 10.500v6",
  path: "M5 18a2 2 0 1 0 0 .01M19 6a2 2 0 1 0 0 .01M7 18h5a3 3 0 0 0 3-3V9a3 3 0 0 1 2-2.800",
  hide: "M4 4l16 16M9.500 6A9.600 9.600 0 0 1 21 12a12 12 0 0 1-2.500 3M6 8a12 12 0 0 0-3 4c2 4 5.300 6 9 6a9.400 9.400 0 0 0 3.500-.7",
  expand: "M12 12m-2.500 0a2.500 2.500 0 1 0 5 0a2.500 2.500 0 1 0-5 0M12 3v4M12 17v4M3 12h4M17 12h4",
  collapse: "M12 12m-2.500 0a2.500 2.500 0 1 0 5 0a2.500 2.500 0 1 0-5 0M9 5l3 2.500L15 5M9 19l3-2.500L15 19",
  external: "M13 5h6v6M19 5l-8.500 8.500M17 14v5H5V7h5",
  table: "M4 5h16v14H4zM4 10h16M4 14.500h16M10 5v14",
  bookmark: "M7 4.500h10v15l-5-3.800-5 3.800z",
  link: "M10 14a4 4 0 0 0 6 .4l2.500-2.500a4 4 0 0 0-5.700-5.700L11.500 7.500M14 10a4 4 0 0 0-6-.4l-2.500 2.500a4 4 0 0 0 5.700 5.700l1.300-1.300",
  up: "M6 14.500l6-6 6 6",
  down: "M6 9.500l6 6 6-6",
  left: "M14.500 5.500 8 12l6.500 6.500",
  right: "M9.500 5.500 16 12l-6.500 6.500",
  target: "M12 6a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM12 2.500V7M12 17v4.500M2.500 12H7M17 12h4.500",
} as const;
export type IconName = keyof typeof ICONS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" width="18" height="18" viewBox="0 0 24 24" aria-hidden="true">
      <path
        d={ICONS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.800"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
