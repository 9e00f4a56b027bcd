/**
 * Names beside nodes and words along edges, drawn on Sigma's canvas layers by the browser itself, so that every script is shaped
 * as it should be. Colours come through Sigma's settings (`labelColor`, `edgeLabelColor`); the halo is the background's colour.
 */
import { shorten } from "../appearance.ts";
import type { Settings } from "sigma/settings";
import type { EdgeDisplayData, NodeDisplayData, PartialButFor } from "sigma/types";

type LabelledNode = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;
type LabelledEdge = PartialButFor<EdgeDisplayData, "label" | "color" | "size">;
type EdgeEnd = PartialButFor<NodeDisplayData, "x" | "y" | "size">;

const HALO_PIXELS = 4;
const FADED_ALPHA = 0.5;
const CHARACTERS_UNDER = 17;

/** Set by the canvas component on a theme change; labels have no other way to know what is behind them. */
export const labelSurface = {
  background: "#ffffff",
  ink: "#000000",
  /** Beside the node, or under it where nodes stand in rows. */
  placement: "beside" as "beside" | "under",
};

export function drawNodeLabel(context: CanvasRenderingContext2D, data: LabelledNode, settings: Settings): void {
  if (data.label === null || data.label === "") return;
  // Selected: drawn here and not on Sigma's layer for hovered nodes, which software compositing leaves stale.
  if (data["boxed"] === true) {
    drawNodeHover(context, data, settings);
    return;
  }
  const strong = data.size > 12;
  context.font = `${strong ? 600 : 500} ${settings.labelSize}px ${settings.labelFont}`;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = HALO_PIXELS;
  context.strokeStyle = labelSurface.background;
  context.fillStyle = labelSurface.ink;
  const under = labelSurface.placement === "under";
  const text = under ? shorten(data.label, CHARACTERS_UNDER) : data.label;
  const x = under ? data.x : data.x + data.size + 5;
  const y = under ? data.y + data.size + 9 : data.y + 0.5;
  context.textAlign = under ? "center" : "left";
  context.strokeText(text, x, y);
  // The light is elsewhere (see the light controller).
  context.globalAlpha = data["faded"] === true ? FADED_ALPHA : 1;
  context.fillText(text, x, y);
  context.globalAlpha = 1;
  context.textAlign = "left";
}

export function drawNodeHover(context: CanvasRenderingContext2D, data: LabelledNode, settings: Settings): void {
  if (data.label === null || data.label === "") return;
  context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
  const width = context.measureText(data.label).width;
  const x = data.x + data.size + 1;
  context.fillStyle = labelSurface.background;
  context.strokeStyle = labelSurface.ink;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(x, data.y - 11.5, width + 12, 23, 4);
  context.fill();
  context.globalAlpha = 0.35;
  context.stroke();
  context.globalAlpha = 1;
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.fillStyle = labelSurface.ink;
  context.fillText(data.label, x + 5, data.y + 0.5);
}

export function drawEdgeLabel(
  context: CanvasRenderingContext2D,
  edge: LabelledEdge,
  source: EdgeEnd,
  target: EdgeEnd,
  settings: Settings,
): void {
  if (edge.label === null || edge.label === "") return;
  const dx = target.x - source.x;
  const dy = target.y - source.y;
  const length = Math.hypot(dx, dy);
  const room = length - source.size - target.size - 16;
  context.font = `500 ${settings.edgeLabelSize}px ${settings.edgeLabelFont}`;
  const width = context.measureText(edge.label).width;
  if (width > room) return;
  const lane = typeof edge["lane"] === "number" ? edge["lane"] : 0;
  const middle = (source.size + 4 + (length - target.size - 4)) / 2 / length;
  const x = source.x + dx * middle;
  const y = source.y + dy * middle;
  let angle = Math.atan2(dy, dx);
  // Screens count y downwards, the lane was told in the graph's upward y.
  let aside = -lane;
  if (angle > Math.PI / 2 || angle < -Math.PI / 2) {
    angle += Math.PI;
    aside = -aside;
  }
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = HALO_PIXELS;
  context.strokeStyle = labelSurface.background;
  context.strokeText(edge.label, 0, aside);
  context.fillStyle = edge.color;
  context.fillText(edge.label, 0, aside);
  context.restore();
}
