/** What can be said of the words picked in an article: another actor, a relationship of two, a name that was missed. */
import { useState } from "react";
import type { Mention, Span } from "../../../../server/contract/extraction.ts";
import type { GraphNode, StoredDocument } from "../../../../server/contract/graph.ts";
import type { NodeType } from "../../../../server/contract/ontology.ts";
import { NODE_TYPES, typeWords } from "../../graph/ontology.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { AuthorField } from "../review/author-field.tsx";
import { ClaimForm, type ClaimEnd } from "../review/claim-form.tsx";
import { EntityPicker } from "../review/entity-picker.tsx";

export type PickedMention = Pick<Mention, "start" | "end" | "entity">;
/** Nothing; one or two marked mentions; or words that are not marked. */
export interface Picked {
  mentions: readonly PickedMention[];
  words: Span | null;
}
export const NOTHING_PICKED: Picked = { mentions: [], words: null };

/** With the mention, or without it when it was picked before; a third one takes the place of the second. */
export function picked(before: Picked, mention: PickedMention): Picked {
  const isSame = (other: PickedMention) => other.start === mention.start && other.end === mention.end;
  if (before.mentions.some(isSame)) {
    return { mentions: before.mentions.filter((other) => !isSame(other)), words: null };
  }
  return { mentions: [...before.mentions.slice(0, 1), mention], words: null };
}

export function AnnotationBar({
  article,
  chosen,
  onDone,
}: {
  article: StoredDocument;
  chosen: Picked;
  onDone: () => void;
}) {
  const say = useText();
  const actions = useActions();
  const [one, other] = chosen.mentions;
  const endOf = ({ start, end, entity }: PickedMention): ClaimEnd => {
    const node = article.entities.find((each) => each.id === entity);
    return { name: node?.name ?? article.text.slice(start, end), labels: node?.labels ?? [], span: [start, end] };
  };
  return (
    <div className="annotation-bar" role="region" aria-label={say("annotate")}>
      <AuthorField />
      {chosen.words !== null ? (
        <NewMention key={chosen.words.join(" ")} article={article} words={chosen.words} onDone={onDone} />
      ) : one === undefined ? (
        <>
          <p className="quiet">{say("annotate.help")}</p>
          <CompleteButton article={article} />
        </>
      ) : (
        <>
          <p>
            {say("annotate.picked", {
              names: chosen.mentions.map(({ start, end }) => article.text.slice(start, end)).join(", "),
            })}{" "}
            <button className="link" onClick={onDone}>
              {say("annotate.clear")}
            </button>
          </p>
          {other === undefined ? (
            <OneMention article={article} mention={one} onDone={onDone} />
          ) : (
            <ClaimForm
              key={`${one.start} ${other.start}`}
              ends={[endOf(one), endOf(other)]}
              before={null}
              verb={say("annotate.claim")}
              onCancel={onDone}
              onSave={(statement) =>
                void actions
                  .decide({ kind: "add", claim: { document: article.id, ...statement } })
                  .then((decision) => decision !== null && onDone())
              }
            />
          )}
        </>
      )}
    </div>
  );
}

function OneMention({
  article,
  mention,
  onDone,
}: {
  article: StoredDocument;
  mention: PickedMention;
  onDone: () => void;
}) {
  const say = useText();
  const actions = useActions();
  const busy = useApp((state) => state.review.busy);
  const place = { document: article.id, start: mention.start, end: mention.end };
  return (
    <div className="correction">
      <EntityPicker
        label={say("annotate.move")}
        without={mention.entity}
        onPick={({ id }) =>
          void actions
            .decide({ kind: "move", mentions: [place], into: id })
            .then((decision) => decision !== null && onDone())
        }
      />
      <button
        className="button"
        disabled={busy}
        onClick={() =>
          void actions
            .decide({ kind: "split", entity: mention.entity, mentions: [place] })
            .then((decision) => decision !== null && onDone())
        }
      >
        {say("annotate.split")}
      </button>
    </div>
  );
}

function NewMention({ article, words, onDone }: { article: StoredDocument; words: Span; onDone: () => void }) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const busy = useApp((state) => state.review.busy);
  const [type, setType] = useState<NodeType>("Person");
  const [start, end] = words;
  const add = (entity: Pick<GraphNode, "id"> | null) =>
    void actions
      .decide({
        kind: "add",
        mention: { document: article.id, start, end, ...(entity === null ? { type } : { entity: entity.id }) },
      })
      .then((decision) => decision !== null && onDone());
  return (
    <div className="correction">
      <label>
        <span>{say("annotate.name", { words: article.text.slice(start, end) })}</span>
        <select
          value={type}
          onChange={(event) => setType(NODE_TYPES.find((each) => each === event.target.value) ?? "Person")}
        >
          {NODE_TYPES.map((each) => (
            <option key={each} value={each}>
              {typeWords(each, language)}
            </option>
          ))}
        </select>
      </label>
      <button className="button" disabled={busy} onClick={() => add(null)}>
        {say("annotate.name.new")}
      </button>
      <EntityPicker label={say("annotate.name.known")} without={null} onPick={add} />
    </div>
  );
}

function CompleteButton({ article }: { article: StoredDocument }) {
  const say = useText();
  const actions = useActions();
  const busy = useApp((state) => state.review.busy);
  return (
    <button
      className="button"
      disabled={busy}
      title={say("annotate.complete.help")}
      onClick={() => void actions.decide({ kind: "complete", document: article.id })}
    >
      {say("annotate.complete")}
    </button>
  );
}

/** The span of the words selected inside the article's text; null when they are none, or touch a mention. */
export function selectedWords(body: HTMLElement, article: Pick<StoredDocument, "mentions" | "text">): Span | null {
  const selection = body.ownerDocument.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!body.contains(range.commonAncestorContainer)) return null;
  const from = offsetIn(range.startContainer, range.startOffset);
  const to = offsetIn(range.endContainer, range.endOffset);
  if (from === null || to === null || from >= to) return null;
  const raw = article.text.slice(from, to);
  const start = from + (raw.length - raw.trimStart().length);
  const end = to - (raw.length - raw.trimEnd().length);
  if (start >= end || article.mentions.some((mention) => mention.start < end && mention.end > start)) return null;
  return [start, end];
}

/** Offset in the article's text of a place in one of its segments; each carries where it begins. */
function offsetIn(node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const start = element?.closest<HTMLElement>("[data-start]")?.dataset["start"];
  if (start === undefined) return null;
  return Number(start) + (node.nodeType === Node.TEXT_NODE ? offset : 0);
}
