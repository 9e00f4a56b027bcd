/**
 * Articles written for these tests; people and groups are invented.
 */
import { documentId } from "../../server/contract/identifiers.ts";
import type { Document } from "../../server/contract/document.ts";
import type { Language } from "../../server/contract/ontology.ts";

export function documentOf(
  text: string,
  language: Language = "fr",
  publishedAt: string | null = "2021-03-18",
): Document {
  return {
    id: documentId(text),
    title: text.split("\n", 1)[0]?.slice(0, 100) ?? "",
    text,
    url: null,
    source: null,
    byline: null,
    language,
    publishedAt,
    mediaType: "text/plain",
    warnings: [],
  };
}

export const FRENCH_ARTICLE = `Lille : la police judiciaire démantèle la boutique « Marelle »

LILLE (AFP) — La police judiciaire de Lille a arrêté mardi Hugo Vandamme, administrateur présumé de Marelle, une place de marché où se vendaient des accès volés. L'Agence nationale de la sécurité des systèmes d'information (ANSSI) avait signalé le site en janvier. Selon le parquet de Lille, Vandamme aurait versé 40 000 euros à Inès Calvet, une développeuse installée à Namur, en Belgique.

« Nous n'avons rien à voir avec Marelle. C'est une erreur », a déclaré l'avocat de M. Vandamme. Telegram a fermé le canal @marelle_shop à la demande d'Europol. L'agence européenne a aidé les enquêteurs français pendant deux ans.

Le groupe Corbeau Gris a revendiqué le 3 mars 2021 la cyberattaque contre l'hôpital de Douai. L'ANSSI n'a pas confirmé cette revendication.`;

export const ENGLISH_ARTICLE = `Two held in Bristol over attacks on hospital suppliers

BRISTOL - Avon and Somerset Police arrested Daniel Okafor and Ruth Penhallow on Monday, the National Crime Agency (NCA) said. Okafor is a former engineer of Segura Systems, a company based in Cardiff, Wales. The NCA accuses the pair of having hacked Segura's servers in June 2020.

According to court papers, Penhallow led a group called Tin Heron, which had threatened the Royal Infirmary in Edinburgh. "We never attacked a hospital. We will prove it," she said. Facebook removed three pages run by Tin Heron last week.

The United States Department of Justice supported the operation. Europol did not take part in it.`;
