/**
 * What a person can do, as functions on the store: the only writers of state besides the layout, which hands positions back when
 * it stops. One file a subject; each is given the context and the subjects before it. `operations.ts` lists those with a shortcut.
 */
import type { Api } from "../api.ts";
import type { Store } from "../state.ts";
import { createArticles } from "./articles.ts";
import { createConnection } from "./connection.ts";
import { createConsole } from "./console.ts";
import { createContext } from "./context.ts";
import { createEvidence } from "./evidence.ts";
import { createExploration } from "./exploration.ts";
import { createIngestion } from "./ingestion.ts";
import { createLayout } from "./layout.ts";
import { createOverview } from "./overview.ts";
import { createPage, type Preferences } from "./page.ts";
import { createPanels } from "./panels.ts";
import { createPaths } from "./paths.ts";
import { createPresentation } from "./presentation.ts";
import { createReview } from "./review.ts";
import { createSearch } from "./search.ts";
import { createSteps } from "./steps.ts";
import type { Surroundings } from "./surroundings.ts";
import { createViewSaving } from "./view-saving.ts";
import { createViews } from "./views.ts";
import { createTimeline } from "./timeline.ts";
import { createTogether } from "./together.ts";

export function createActions(store: Store, api: Api, preferences: Preferences, surroundings: Surroundings) {
  const context = createContext(store, api);
  const steps = createSteps(context);
  const panels = createPanels(context);
  const overview = createOverview(context, steps, panels);
  const paths = createPaths(context, panels);
  const views = createViews(context, panels, overview, surroundings);
  const viewSaving = createViewSaving(context, views, surroundings);
  const articles = createArticles(context, steps, panels, overview);
  const evidence = createEvidence(context, panels);
  return {
    ...steps,
    ...panels,
    ...overview,
    ...paths,
    ...views,
    ...viewSaving,
    ...articles,
    ...createConnection(context, steps, { openOverview: views.openFirst }),
    ...createExploration(context, steps, panels, paths),
    ...evidence,
    ...createSearch(context),
    ...createIngestion(context, articles, overview),
    ...createLayout(context, steps),
    ...createTimeline(context),
    ...createTogether(context),
    ...createConsole(context),
    ...createPresentation(context, steps, views, viewSaving),
    ...createReview(context, steps, { panels, overview, articles, evidence }, preferences),
    ...createPage(context, preferences),
  };
}

export type Actions = ReturnType<typeof createActions>;
