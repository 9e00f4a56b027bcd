/**
 * Turns the pointer's doings on the canvas into actions: choose, expand, hover, drag.
 */
import { useEffect } from "react";
import { viewOf } from "../../state.ts";
import { useActions, useStoreOfApp } from "../app-context.tsx";
import { useSigma } from "./sigma-context.tsx";

export function EventsController() {
  const sigma = useSigma();
  const store = useStoreOfApp();
  const actions = useActions();

  useEffect(() => {
    const container = sigma.getContainer();
    let dragged: { id: string; moved: boolean } | null = null;
    const point = (cursor: string) => {
      container.style.cursor = cursor;
    };
    const endDrag = () => {
      if (dragged?.moved === true) {
        const { x, y } = sigma.getGraph().getNodeAttributes(dragged.id);
        actions.keepPositions(new Map([[dragged.id, { x, y }]]), store.getState().layout.running);
      }
      dragged = null;
    };
    const listeners: Parameters<typeof sigma.on>[] = [];
    const on: typeof sigma.on = (event, listener) => {
      listeners.push([event, listener]);
      return sigma.on(event, listener);
    };
    on("clickNode", ({ node }) => void actions.selectEntity(node));
    on("doubleClickNode", (payload) => {
      payload.preventSigmaDefault();
      void actions.expand(payload.node);
    });
    on("doubleClickStage", (payload) => payload.preventSigmaDefault());
    on("doubleClickEdge", (payload) => payload.preventSigmaDefault());
    on("clickEdge", ({ edge }) => {
      const chosen = viewOf(store.getState()).dataset.edges.get(edge);
      if (chosen !== undefined) void actions.selectEdge(chosen);
    });
    on("clickStage", () => actions.closePanels());
    on("enterNode", ({ node }) => {
      point("pointer");
      actions.setHovered(node);
    });
    on("leaveNode", () => {
      point("default");
      actions.setHovered(null);
    });
    on("enterEdge", () => point("pointer"));
    on("leaveEdge", () => point("default"));
    on("downNode", ({ node, event }) => {
      event.preventSigmaDefault();
      dragged = { id: node, moved: false };
    });
    on("moveBody", ({ event }) => {
      if (dragged === null) return;
      if (!dragged.moved) sigma.setCustomBBox(sigma.getBBox());
      dragged.moved = true;
      sigma.getGraph().mergeNodeAttributes(dragged.id, sigma.viewportToGraph(event));
      event.preventSigmaDefault();
      event.original.preventDefault();
    });
    on("upNode", endDrag);
    on("upStage", endDrag);
    return () => {
      for (const [event, listener] of listeners) sigma.off(event, listener);
    };
  }, [sigma, store, actions]);

  return null;
}
