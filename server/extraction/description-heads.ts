/**
 * Descriptions joined by their head noun with the entity that it means in this document: "le ministère" with the one ministry,
 * "the agency" with what was called so before, in this window or another. Comes after the model's choice (`antecedents.ts`).
 */
import { foldName } from "../contract/names.ts";
import type { Language, NodeType } from "../contract/ontology.ts";
import { canStandFor } from "./antecedents.ts";
import type { DraftEntity } from "./entities.ts";
import type { FoundMention } from "./tagging.ts";

export interface HeadNouns {
  /** The entity that the description's head noun means, null when none or several. */
  entityOf(description: FoundMention): number | null;
  /** Remembers what a description stood for. */
  remember(description: FoundMention, entity: number): void;
  /** Remembers what a name is called beside it: "l'agence X", "X, a charity in Leicester". Names come in text order. */
  readName(mention: FoundMention, entity: number, text: string): void;
}

/** Words without a noun of their own. */
const PRONOUN =
  /^(?:il|elle|ils|elles|lui|leur|on|son|sa|ses|celui|celle|he|him|his|she|her|hers|they|them|their|it|its|we|us|our|i|my|me|nous|notre|je|mon|ma)$/;

export function createHeadNouns(entities: readonly DraftEntity[], language: Language): HeadNouns {
  const byToken = new Map<string, Set<number>>();
  entities.forEach(({ type, name, aliases }, index) => {
    // A person's or a place's name holds no common noun.
    if (type === "Person" || type === "Place" || type === "Country") return;
    for (const each of [name, ...aliases]) {
      for (const token of foldName(each).split(" ")) {
        if (token.length >= 4) byToken.set(token, (byToken.get(token) ?? new Set()).add(index));
      }
    }
  });
  const remembered = new Map<string, number>();
  const fits = (description: { type: NodeType; surface: string }, entity: number | undefined): boolean => {
    const type = entities[entity ?? -1]?.type;
    return type !== undefined && canStandFor(description, type);
  };
  return {
    entityOf(description) {
      const head = headOf(description.surface, language);
      if (head === null) return null;
      const named = [...(byToken.get(head) ?? [])].filter((entity) => fits(description, entity));
      const [only] = named;
      if (named.length === 1 && only !== undefined) return only;
      const last = remembered.get(head);
      return last !== undefined && fits(description, last) ? last : null;
    },
    readName(mention, entity, text) {
      for (const noun of nounsBeside(mention, text, language)) remembered.set(noun, entity);
    },
    remember(description, entity) {
      const head = headOf(description.surface, language);
      if (head !== null) remembered.set(head, entity);
    },
  };
}

/** French heads stand first, English ones last. */
function headOf(surface: string, language: Language): string | null {
  const tokens = foldName(surface).split(" ");
  const of = tokens.indexOf("of");
  const head = language === "fr" ? tokens[0] : (of > 0 ? tokens.slice(0, of) : tokens).at(-1);
  return head === undefined || head.length < 3 || PRONOUN.test(head) ? null : head;
}

/** At most so many characters around a name are read. */
const REACH = 50;
const NOUN_BEFORE: Readonly<Record<Language, RegExp>> = {
  fr: /(?:^|[\s'’])(?:l['’]|le |la |une? |cette |ce )(\p{Ll}{4,})(?:\s\p{Ll}+){0,2},?\s["«]?\s?$/u,
  en: /(?:^|\s)(?:the|an?|its|this) (?:[\p{L}-]+ ){0,3}(\p{Ll}{4,}),? ["“]?$/u,
};
const NOUN_AFTER: Readonly<Record<Language, RegExp>> = {
  fr: /^["»”]?\s?(?:\([^)]{1,20}\))?,\s(?:l['’]|le |la |une? |son |sa )(\p{Ll}{4,})/u,
  en: /^["”]?\s?(?:\([^)]{1,20}\))?, (?:the|an?|its) (?:[\p{L}-]+ ){0,3}?(\p{Ll}{4,})(?=,| (?:of|in|that|which|who|based|behind|for)\b|\.)/u,
};

function nounsBeside(mention: FoundMention, text: string, language: Language): string[] {
  const before = text.slice(Math.max(0, mention.start - REACH), mention.start).normalize("NFC");
  const after = text.slice(mention.end, mention.end + REACH).normalize("NFC");
  return [NOUN_BEFORE[language].exec(before)?.[1], NOUN_AFTER[language].exec(after)?.[1]]
    .filter((noun) => noun !== undefined)
    .map(foldName);
}
