/**
 * How the derived relationship `ACTED_AGAINST` reads: `data/ontology.json` holds what articles state alone. No schema stands here, so
 * that the page can take the words without the library of schemas.
 */
export const DERIVED_LABELS = {
  label: { fr: "a agi contre", en: "acted against" },
  inverse: { fr: "visé par une action de", en: "target of an action by" },
} as const;
