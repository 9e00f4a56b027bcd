/** What a person may set right about an actor: its name, its type, that it is another one; notes, tags, and what was decided. */
import { useCallback, useEffect, useState } from "react";
import type { Action, DecisionPage } from "../../../../server/contract/decisions.ts";
import type { EntityDetail, EntityHit } from "../../../../server/contract/graph.ts";
import { NODE_TYPES, typeOf, typeWords } from "../../graph/ontology.ts";
import type { Loadable } from "../../state.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { AuthorField } from "../review/author-field.tsx";
import { DecisionList } from "../review/decision-list.tsx";
import { EntityPicker } from "../review/entity-picker.tsx";

export function EntityCorrections({ entity }: { entity: EntityDetail }) {
  const say = useText();
  const [open, setOpen] = useState(false);
  return (
    <details className="corrections" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say("correct.title")}</summary>
      {open && <Corrections key={`${entity.id} ${entity.name} ${entity.labels.join(" ")}`} entity={entity} />}
    </details>
  );
}

function Corrections({ entity }: { entity: EntityDetail }) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const busy = useApp((state) => state.review.busy);
  const type = typeOf(entity.labels);
  const [name, setName] = useState(entity.name);
  const [newType, setNewType] = useState(type);
  const [into, setInto] = useState<EntityHit | null>(null);
  const [note, setNote] = useState("");
  const [tag, setTag] = useState("");
  const [history, reload] = useHistory(entity.id);
  const decide = async (action: Action): Promise<boolean> => {
    const isDone = (await actions.decide(action)) !== null;
    if (isDone) reload();
    return isDone;
  };
  return (
    <>
      <AuthorField id="author" />
      <Line
        verb={say("correct.rename")}
        disabled={busy || name.trim() === "" || name.trim() === entity.name}
        onSubmit={() => void decide({ kind: "rename", entity: entity.id, name: name.trim() })}
      >
        <label>
          <span>{say("correct.name")}</span>
          <input maxLength={300} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
      </Line>
      <Line
        verb={say("correct.retype")}
        disabled={busy || newType === null || newType === type}
        onSubmit={() => {
          if (newType !== null) void decide({ kind: "retype", entity: entity.id, type: newType });
        }}
      >
        <label>
          <span>{say("correct.type")}</span>
          <select
            value={newType ?? ""}
            onChange={(event) => setNewType(NODE_TYPES.find((each) => each === event.target.value) ?? null)}
          >
            {NODE_TYPES.map((each) => (
              <option key={each} value={each}>
                {typeWords(each, language)}
              </option>
            ))}
          </select>
        </label>
      </Line>
      <div className="correction">
        <EntityPicker
          label={say("correct.same")}
          without={entity.id}
          verb={(target) => say("correct.merge", { name: target })}
          onPick={setInto}
        />
        {into === null ? (
          <p className="quiet">{say("correct.same.help")}</p>
        ) : (
          <div className="confirm" role="alertdialog" aria-label={say("correct.merge", { name: into.name })}>
            <button
              className="button primary"
              disabled={busy}
              autoFocus
              onClick={() => {
                setInto(null);
                void actions.mergeInto(entity.id, into.id);
              }}
            >
              {say("correct.merge", { name: into.name })}
            </button>
            <button className="button" onClick={() => setInto(null)}>
              {say("cancel")}
            </button>
          </div>
        )}
      </div>
      <Line
        verb={say("correct.note.add")}
        disabled={busy || note.trim() === ""}
        onSubmit={() =>
          void decide({ kind: "add", note: { entity: entity.id, text: note.trim() } }).then((isDone) => {
            if (isDone) setNote("");
          })
        }
      >
        <label>
          <span>{say("correct.note")}</span>
          <textarea rows={2} maxLength={5000} value={note} onChange={(event) => setNote(event.target.value)} />
        </label>
      </Line>
      <Line
        verb={say("correct.tag.add")}
        disabled={busy || tag.trim() === ""}
        onSubmit={() =>
          void decide({ kind: "add", tag: { entity: entity.id, tag: tag.trim() } }).then((isDone) => {
            if (isDone) setTag("");
          })
        }
      >
        <label>
          <span>{say("correct.tag")}</span>
          <input maxLength={60} value={tag} onChange={(event) => setTag(event.target.value)} />
        </label>
      </Line>
      <h4>{say("correct.history")}</h4>
      <History history={history} onUndone={reload} />
    </>
  );
}

function Line({
  verb,
  disabled,
  onSubmit,
  children,
}: {
  verb: string;
  disabled: boolean;
  onSubmit: () => void;
  children: React.ReactNode;
}) {
  return (
    <form
      className="correction"
      onSubmit={(event) => {
        event.preventDefault();
        if (!disabled) onSubmit();
      }}
    >
      {children}
      <button className="button" disabled={disabled}>
        {verb}
      </button>
    </form>
  );
}

function History({ history, onUndone }: { history: Loadable<DecisionPage>; onUndone: () => void }) {
  const say = useText();
  if (history.state === "failed") return <p className="form-problem">{history.message}</p>;
  if (history.state === "loading") return <p className="waiting">{say("loading")}</p>;
  const { decisions } = history.value;
  if (decisions.length === 0) return <p className="quiet">{say("correct.history.none")}</p>;
  return <DecisionList decisions={decisions} onUndone={onUndone} />;
}

function useHistory(entity: string): [Loadable<DecisionPage>, () => void] {
  const actions = useActions();
  const [history, setHistory] = useState<Loadable<DecisionPage>>({ state: "loading" });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    void actions.decisionsOf({ entity }).then((page) => {
      if (isCurrent) setHistory(page);
    });
    return () => {
      isCurrent = false;
    };
  }, [actions, entity, turn]);
  return [history, useCallback(() => setTurn((before) => before + 1), [])];
}
