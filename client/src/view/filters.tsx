/** The one filter as a menu, and what of it is set as chips. */
import { STANDINGS_SHOWN, toggle } from "../graph/filter-values.ts";
import type { ViewFilter } from "../graph/visible.ts";
import { activeConditions } from "../graph/visible.ts";
import { shorten } from "../graph/appearance.ts";
import { FAMILIES, familyWords, NODE_TYPES, relationshipWords, typeWords } from "../graph/ontology.ts";
import { uncertainOf } from "../state.ts";
import { dateWords } from "../text.ts";
import { useActions, useApp, useText } from "./app-context.tsx";
import { Icon, LineMark, TypeMark } from "./marks.tsx";
import { Popover } from "./popover.tsx";

export function FilterMenu() {
  const say = useText();
  const actions = useActions();
  const filter = useApp((state) => state.filter);
  const language = useApp((state) => state.language);
  const collections = useApp((state) => state.health?.collections);
  const set = (change: Partial<{ [K in keyof ViewFilter]: ViewFilter[K] | undefined }>) => {
    const next = Object.fromEntries(
      Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined),
    );
    void actions.setFilter(next);
  };
  const percent = Math.round((filter.minConfidence ?? 0) * 100);
  return (
    <Popover
      className="filter-menu"
      label={say("filter")}
      trigger={
        <>
          <Icon name="filter" />
          {say("filter")}
        </>
      }
    >
      {() => (
        <div className="filter-form">
          <fieldset>
            <legend>{say("filter.types")}</legend>
            <div className="checks">
              {NODE_TYPES.map((type) => (
                <label key={type}>
                  <input
                    type="checkbox"
                    checked={filter.types?.includes(type) ?? true}
                    onChange={() => set({ types: toggle(filter.types, type, NODE_TYPES) })}
                  />
                  <TypeMark type={type} />
                  {typeWords(type, language)}
                </label>
              ))}
            </div>
          </fieldset>
          <fieldset>
            <legend>{say("filter.families")}</legend>
            <div className="checks">
              {FAMILIES.map((family) => (
                <label key={family}>
                  <input
                    type="checkbox"
                    checked={filter.families?.includes(family) ?? true}
                    onChange={() => set({ families: toggle(filter.families, family, FAMILIES) })}
                  />
                  {familyWords(family, language)}
                </label>
              ))}
            </div>
          </fieldset>
          <fieldset>
            <legend>{say("filter.standing")}</legend>
            <div className="checks">
              {(["stated", "alleged", "planned", "denied"] as const).map((standing) => (
                <label key={standing}>
                  <input
                    type="checkbox"
                    checked={(filter.standing ?? STANDINGS_SHOWN).includes(standing)}
                    onChange={() =>
                      set({ standing: toggle(filter.standing ?? STANDINGS_SHOWN, standing, STANDINGS_SHOWN) })
                    }
                  />
                  <LineMark style={standing} />
                  {say(`edge.${standing}`)}
                </label>
              ))}
            </div>
          </fieldset>
          <label className="range">
            {say("filter.confidence", { n: percent })}
            <input
              type="range"
              min="0"
              max="95"
              step="5"
              value={percent}
              onChange={(event) =>
                set({ minConfidence: event.target.value === "0" ? undefined : Number(event.target.value) / 100 })
              }
            />
          </label>
          <div className="pair">
            <DateField label={say("filter.from")} value={filter.from} onDate={(from) => set({ from })} />
            <DateField label={say("filter.to")} value={filter.to} onDate={(to) => set({ to })} />
          </div>
          {collections !== undefined && collections.length > 1 && (
            <label>
              {say("filter.collection")}
              <select
                value={filter.collection ?? ""}
                onChange={(event) => set({ collection: event.target.value === "" ? undefined : event.target.value })}
              >
                <option value="">{say("filter.collection.all")}</option>
                {collections.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
          )}
          <button
            className="button"
            disabled={activeConditions(filter) === 0}
            onClick={() => void actions.clearFilter()}
          >
            {say("filter.clear")}
          </button>
        </div>
      )}
    </Popover>
  );
}

const PARTIAL_DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

function DateField({
  label,
  value,
  onDate,
}: {
  label: string;
  value: string | undefined;
  onDate: (date: string | undefined) => void;
}) {
  return (
    <label>
      {label}
      <input
        type="text"
        inputMode="numeric"
        placeholder="2024-03"
        defaultValue={value ?? ""}
        key={value ?? ""}
        onBlur={(event) => {
          const text = event.target.value.trim();
          if (text === "") onDate(undefined);
          else if (PARTIAL_DATE.test(text)) onDate(text);
          else event.target.value = value ?? "";
        }}
      />
    </label>
  );
}

export function FilterChips() {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const filter = useApp((state) => state.filter);
  const uncertain = useApp(uncertainOf);
  const titles = useApp((state) => state.articles);
  const chips: { keys: readonly (keyof ViewFilter)[]; text: string; todo?: string; help?: string }[] = [];
  const list = (words: readonly string[]) =>
    words.length > 3 ? `${words.slice(0, 2).join(", ")} +${words.length - 2}` : words.join(", ");
  if (filter.types !== undefined)
    chips.push({ keys: ["types"], text: list(filter.types.map((type) => typeWords(type, language))) });
  if (filter.families !== undefined)
    chips.push({ keys: ["families"], text: list(filter.families.map((one) => familyWords(one, language))) });
  if (filter.standing !== undefined)
    chips.push({ keys: ["standing"], text: list(filter.standing.map((one) => say(`edge.${one}`))) });
  if (filter.minConfidence !== undefined) {
    const n = Math.round(filter.minConfidence * 100);
    chips.push({
      keys: ["minConfidence"],
      text: uncertain === 0 ? say("filter.confidence", { n }) : say("filter.uncertain", { n: uncertain }),
      help: say("filter.uncertain.help", { percent: n }),
      ...(uncertain === 0 ? {} : { todo: say("filter.uncertain.show") }),
    });
  }
  const days =
    filter.from !== undefined && filter.to !== undefined
      ? [`${dateWords(filter.from, language)} – ${dateWords(filter.to, language)}`]
      : [
          ...(filter.from === undefined ? [] : [`${say("filter.from")} ${dateWords(filter.from, language)}`]),
          ...(filter.to === undefined ? [] : [`${say("filter.to")} ${dateWords(filter.to, language)}`]),
        ];
  if (days.length > 0) chips.push({ keys: ["from", "to"], text: days.join(" ") });
  if (filter.relationships !== undefined)
    chips.push({
      keys: ["relationships"],
      text: list(filter.relationships.map((one) => relationshipWords(one, "out", language))),
    });
  if (filter.collection !== undefined) chips.push({ keys: ["collection"], text: filter.collection });
  if (filter.documents !== undefined) {
    const title = (id: string) => {
      const article = titles[id];
      return article?.state === "ready" ? article.value.title : say("articles", { n: 1 });
    };
    chips.push({ keys: ["documents"], text: list(filter.documents.map((id) => shorten(title(id), 40))) });
  }
  return chips.map(({ keys, text, todo, help }) => (
    <button
      key={keys.join(" ")}
      className={`chip chip-${keys[0] ?? ""}`}
      title={help}
      aria-label={todo === undefined ? say("filter.remove", { name: text }) : `${text} – ${todo}`}
      onClick={() => {
        const rest = Object.entries(filter).filter(([name]) => !keys.some((key) => key === name));
        void actions.setFilter(Object.fromEntries(rest));
      }}
    >
      <bdi>{text === "" ? "∅" : text}</bdi>
      {todo === undefined ? <Icon name="close" /> : <span className="chip-do">{todo}</span>}
    </button>
  ));
}
