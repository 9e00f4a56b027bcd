/** What a sentence says of two actors, to be set right or to be added: relationship and direction, how it is told, when. */
import { useId, useState } from "react";
import type { ClaimChange } from "../../../../server/contract/decisions.ts";
import { MODALITIES, type Modality, type Span } from "../../../../server/contract/extraction.ts";
import type { RelationshipType } from "../../../../server/contract/ontology.ts";
import { relationshipsBetween, relationshipWords, typeOf } from "../../graph/ontology.ts";
import { useApp, useText } from "../app-context.tsx";

export interface ClaimEnd {
  name: string;
  labels: readonly string[];
  span: Span;
}

export interface Statement {
  type: RelationshipType;
  subjectSpan: Span;
  objectSpan: Span;
  polarity: "affirmed" | "negated";
  modality: Modality;
  former: boolean;
  date: string | null;
}

/** @param before what stands now; null when it is a new statement. */
export function ClaimForm({
  ends,
  before,
  verb,
  onSave,
  onCancel,
}: {
  ends: readonly [ClaimEnd, ClaimEnd];
  before: Statement | null;
  verb: string;
  onSave: (statement: Statement) => void;
  onCancel: () => void;
}) {
  const say = useText();
  const language = useApp((state) => state.language);
  const busy = useApp((state) => state.review.busy);
  const id = useId();
  const [one, other] = ends;
  const choices = [
    ...relationshipsBetween(typeOf(one.labels), typeOf(other.labels)).map((type) => ({ type, swapped: false })),
    ...relationshipsBetween(typeOf(other.labels), typeOf(one.labels)).map((type) => ({ type, swapped: true })),
  ];
  const [choice, setChoice] = useState(() =>
    Math.max(
      0,
      choices.findIndex(({ type, swapped }) => type === before?.type && !swapped),
    ),
  );
  const [modality, setModality] = useState<Modality>(before?.modality ?? "asserted");
  const [negated, setNegated] = useState(before?.polarity === "negated");
  const [former, setFormer] = useState(before?.former ?? false);
  const [date, setDate] = useState(before?.date ?? "");
  const chosen = choices[choice];
  if (chosen === undefined) return <p className="remark">{say("correct.none")}</p>;
  const statement: Statement = {
    type: chosen.type,
    subjectSpan: chosen.swapped ? other.span : one.span,
    objectSpan: chosen.swapped ? one.span : other.span,
    polarity: negated ? "negated" : "affirmed",
    modality,
    former,
    date: date.trim() === "" ? null : date.trim(),
  };
  const isChanged = before === null || Object.keys(changeBetween(before, statement)).length > 0;
  return (
    <form
      className="claim-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) onSave(statement);
      }}
    >
      <label htmlFor={`${id}-type`}>{say("correct.statement")}</label>
      <select id={`${id}-type`} value={choice} onChange={(event) => setChoice(Number(event.target.value))}>
        {choices.map(({ type, swapped }, index) => (
          <option key={`${type} ${String(swapped)}`} value={index}>
            {swapped ? other.name : one.name} {relationshipWords(type, "out", language)}{" "}
            {swapped ? one.name : other.name}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-modality`}>{say("correct.modality")}</label>
      <select
        id={`${id}-modality`}
        value={modality}
        onChange={(event) => setModality(MODALITIES.find((each) => each === event.target.value) ?? "asserted")}
      >
        {MODALITIES.map((each) => (
          <option key={each} value={each}>
            {say(`modality.${each}`)}
          </option>
        ))}
      </select>
      <label className="check">
        <input type="checkbox" checked={negated} onChange={(event) => setNegated(event.target.checked)} />
        {say("correct.negated")}
      </label>
      <label className="check">
        <input type="checkbox" checked={former} onChange={(event) => setFormer(event.target.checked)} />
        {say("correct.former")}
      </label>
      <label htmlFor={`${id}-date`}>{say("correct.date")}</label>
      <input
        id={`${id}-date`}
        value={date}
        pattern="\d{4}(-\d{2}(-\d{2})?)?"
        title={say("correct.date.help")}
        placeholder={say("correct.date.help")}
        onChange={(event) => setDate(event.target.value)}
      />
      <div className="actions">
        <button className="button primary" disabled={busy || !isChanged}>
          {verb}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {say("cancel")}
        </button>
        {!isChanged && <span className="quiet">{say("correct.nothing")}</span>}
      </div>
    </form>
  );
}

/** What differs, as a correction takes it. */
export function changeBetween(before: Statement, after: Statement): ClaimChange {
  const same = (a: Span, b: Span) => a[0] === b[0] && a[1] === b[1];
  return {
    ...(after.type === before.type ? {} : { type: after.type }),
    ...(same(after.subjectSpan, before.subjectSpan) ? {} : { subjectSpan: after.subjectSpan }),
    ...(same(after.objectSpan, before.objectSpan) ? {} : { objectSpan: after.objectSpan }),
    ...(after.polarity === before.polarity ? {} : { polarity: after.polarity }),
    ...(after.modality === before.modality ? {} : { modality: after.modality }),
    ...(after.former === before.former ? {} : { former: after.former }),
    ...(after.date === before.date ? {} : { date: after.date }),
  };
}
