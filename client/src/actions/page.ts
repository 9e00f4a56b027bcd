/**
 * The page itself: language, theme, what is folded out.
 */
import type { Language } from "../../../server/contract/ontology.ts";
import type { Theme } from "../graph/appearance.ts";
import type { Context } from "./context.ts";

export interface Preferences {
  keep(name: "language" | "theme" | "author", value: string): void;
}

export function createPage({ store: { setState } }: Context, preferences: Preferences) {
  return {
    setLanguage: (language: Language) => {
      preferences.keep("language", language);
      setState({ language });
    },
    setTheme: (theme: Theme) => {
      preferences.keep("theme", theme);
      setState({ theme });
    },
    setLegend: (legendOpen: boolean) => setState({ legendOpen }),
    setHelp: (helpOpen: boolean) => setState({ helpOpen }),
    dismissNotice: () => setState({ notice: null }),
  };
}
