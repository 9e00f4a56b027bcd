/** One actor or thing: names, counts, relationships by kind with a preview of what expanding brings, articles. */
import { useMemo } from "react";
import type { EntityDetail, GraphEdge, GraphNode, Neighbours } from "../../../../server/contract/graph.ts";
import type { EdgeType } from "../../../../server/contract/ontology.ts";
import { NEIGHBOURS_A_STEP } from "../../actions/exploration.ts";
import { neighboursIn, type Neighbour } from "../../graph/dataset.ts";
import { directionFrom, relationshipWords, typeOf, typeWords, type Direction } from "../../graph/ontology.ts";
import { openedOf, shownOf, viewOf } from "../../state.ts";
import { dateWords } from "../../text.ts";
import { useActions, useApp, useText } from "../app-context.tsx";
import { EdgeMark, Icon, NodeMark } from "../marks.tsx";
import { EntityCorrections } from "./entity-corrections.tsx";
import { TogetherSection } from "./together-section.tsx";

export function EntityPanel({ id }: { id: string }) {
  const say = useText();
  const loaded = useApp((state) => state.entities[id]);
  const known = useApp((state) => viewOf(state).dataset.nodes.get(id));
  const isKept = useApp((state) => openedOf(state)?.view.frozen.nodes.some((node) => node.id === id) === true);
  if (loaded?.state === "failed" && isKept && known !== undefined) return <KeptEntity node={known} />;
  if (loaded?.state === "failed")
    return <p className="form-problem">{say("entity.failed", { message: loaded.message })}</p>;
  if (loaded?.state === "ready") return <EntityBody entity={loaded.value} />;
  return (
    <>
      {known !== undefined && (
        <h2 className="entity-name">
          <bdi>{known.name}</bdi>
        </h2>
      )}
      <p className="waiting">{say("loading")}</p>
    </>
  );
}

/** What a saved view kept of an actor that the graph does not hold any more. */
function KeptEntity({ node }: { node: GraphNode }) {
  const say = useText();
  const shown = useApp(shownOf);
  const type = typeOf(node.labels);
  const language = useApp((state) => state.language);
  const groups = useMemo(() => groupsOf([], node.id, neighboursIn(shown, node.id)), [shown, node.id]);
  return (
    <>
      <h2 className="entity-name">
        <bdi>{node.name}</bdi>
      </h2>
      <p className="entity-type">
        <NodeMark labels={node.labels} />
        {type === null ? "" : typeWords(type, language)}
      </p>
      <p className="remark">{say("entity.kept")}</p>
      <section>
        <h3>{say("entity.relationships")}</h3>
        {groups.map((group) => (
          <RelationshipGroup key={`${group.type} ${group.direction}`} id={node.id} group={group} />
        ))}
      </section>
    </>
  );
}

function EntityBody({ entity }: { entity: EntityDetail }) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const expanding = useApp((state) => state.expanding === entity.id);
  const pinned = useApp((state) => state.pinned.has(entity.id));
  const visible = useApp(shownOf);
  const counts = useApp((state) => state.counts[entity.id]);
  const missing = useMemo(
    () =>
      groupsOf(counts ?? [], entity.id, neighboursIn(visible, entity.id)).reduce(
        (sum, { total, shown }) => sum + total - shown.length,
        0,
      ),
    [counts, entity.id, visible],
  );
  const type = typeOf(entity.labels);
  const aliases = differentNames(entity.name, entity.aliases);
  const { firstSeen, lastSeen } = entity;
  const seen =
    firstSeen === null || lastSeen === null
      ? say("entity.seen.never")
      : firstSeen === lastSeen
        ? say("entity.seen.once", { from: dateWords(firstSeen, language) })
        : say("entity.seen", { from: dateWords(firstSeen, language), to: dateWords(lastSeen, language) });
  return (
    <>
      <h2 className="entity-name">
        <bdi>{entity.name}</bdi>
      </h2>
      <p className="entity-type">
        <NodeMark labels={entity.labels} />
        {type === null ? "" : typeWords(type, language)}
      </p>
      {(entity.lists ?? []).map(({ list, id, name }) => (
        <p key={`${list} ${id} ${name}`}>
          <span className="tag tag-listed" title={id}>
            {say("entity.listed", { list, name })}
          </span>
        </p>
      ))}
      <p className="quiet">
        {say("mentions", { n: entity.mentionCount })}, {say("articles", { n: entity.documentCount })}. {seen}
      </p>
      {aliases.length > 0 && (
        <p className="quiet">
          {say("entity.aliases")} <bdi>{aliases.join(", ")}</bdi>
        </p>
      )}
      {entity.tags.length > 0 && (
        <p className="entity-tags">
          {entity.tags.map((tag) => (
            <span key={tag} className="tag">
              <bdi>{tag}</bdi>
            </span>
          ))}
        </p>
      )}
      {entity.notes.map((note) => (
        <p key={note} className="remark">
          <bdi>{note}</bdi>
        </p>
      ))}
      <div className="actions">
        <button className="button" disabled={expanding} onClick={() => void actions.expand(entity.id)}>
          <Icon name="expand" />
          {missing === 0 ? say("entity.expand") : say("entity.expand.count", { n: missing })}
        </button>
        <button className="button" onClick={() => actions.startPath(entity.id)}>
          <Icon name="path" />
          {say("entity.path")}
        </button>
        <button
          className="bare"
          onClick={() => actions.focusOn([entity.id])}
          aria-label={say("entity.centre")}
          title={say("entity.centre")}
        >
          <Icon name="target" />
        </button>
        <button
          className="bare"
          onClick={() => actions.togglePin(entity.id)}
          aria-pressed={pinned}
          aria-label={say("entity.pin")}
          title={say("entity.pin")}
        >
          <Icon name="pin" />
        </button>
        <button
          className="bare"
          onClick={() => actions.collapse(entity.id)}
          aria-label={say("entity.collapse")}
          title={say("entity.collapse")}
        >
          <Icon name="collapse" />
        </button>
        <button
          className="bare"
          onClick={() => actions.hide(entity.id)}
          aria-label={say("entity.hide")}
          title={say("entity.hide")}
        >
          <Icon name="hide" />
        </button>
      </div>
      <Relationships entity={entity} />
      <TogetherSection id={entity.id} />
      <section>
        <h3>{say("entity.articles")}</h3>
        <ul className="article-list">
          {entity.documents.map((document) => (
            <li key={document.id}>
              <button className="row" onClick={() => void actions.openArticle(document.id, null)}>
                <bdi>{document.title}</bdi>
                <span className="quiet">
                  {[document.source, document.publishedAt === null ? null : dateWords(document.publishedAt, language)]
                    .filter((part) => part !== null)
                    .join(", ")}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <EntityCorrections entity={entity} />
    </>
  );
}

interface Group {
  type: EdgeType;
  direction: Direction;
  total: number;
  shown: Neighbour[];
}

function Relationships({ entity }: { entity: EntityDetail }) {
  const say = useText();
  const visible = useApp(shownOf);
  const counts = useApp((state) => state.counts[entity.id]);
  const groups = useMemo(
    () => groupsOf(counts ?? [], entity.id, neighboursIn(visible, entity.id)),
    [counts, entity, visible],
  );
  return (
    <section aria-busy={counts === undefined}>
      <h3>{say("entity.relationships")}</h3>
      {groups.length === 0 && counts !== undefined && (
        <p className="quiet">
          {say(entity.relationships.length === 0 ? "entity.relationships.none" : "entity.relationships.filtered")}
        </p>
      )}
      {groups.map((group) => (
        <RelationshipGroup key={`${group.type} ${group.direction}`} id={entity.id} group={group} />
      ))}
    </section>
  );
}

function groupsOf(counts: Neighbours["counts"], id: string, neighbours: readonly Neighbour[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { type, direction, total } of counts) {
    groups.set(`${type} ${direction}`, { type, direction, total, shown: [] });
  }
  for (const neighbour of neighbours) {
    const direction = directionFrom(neighbour.edge, id);
    const key = `${neighbour.edge.type} ${direction}`;
    const group = groups.get(key) ?? { type: neighbour.edge.type, direction, total: 0, shown: [] };
    group.shown.push(neighbour);
    group.total = Math.max(group.total, group.shown.length);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.total - a.total || (a.type < b.type ? -1 : 1));
}

function RelationshipGroup({ id, group }: { id: string; group: Group }) {
  const say = useText();
  const actions = useActions();
  const language = useApp((state) => state.language);
  const missing = group.total - group.shown.length;
  return (
    <div className="relationship-group">
      <div className="relationship-head">
        <h4>{relationshipWords(group.type, group.direction, language)}</h4>
        {missing > 0 ? (
          <button
            className="link"
            onClick={() => void actions.expand(id, group.type, group.shown.length + NEIGHBOURS_A_STEP)}
          >
            {say("entity.expand.type", { n: Math.min(missing, NEIGHBOURS_A_STEP) })}
          </button>
        ) : null}
        <span className="quiet number">
          {missing > 0 && group.shown.length > 0
            ? say("entity.expand.some", { shown: group.shown.length, total: group.total })
            : group.total.toLocaleString(language)}
        </span>
      </div>
      <ul>
        {group.shown.map(({ node, edge }) => (
          <li key={edge.id} className="neighbour">
            <button className="row" onClick={() => void actions.selectEntity(node.id)}>
              <NodeMark labels={node.labels} />
              <bdi>{node.name}</bdi>
            </button>
            <EvidenceButton edge={edge} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function EvidenceButton({ edge }: { edge: GraphEdge }) {
  const say = useText();
  const actions = useActions();
  return (
    <button className="evidence-button" onClick={() => void actions.selectEdge(edge)} title={say("edge.title")}>
      <EdgeMark edge={edge} />
      {say("quotes", { n: edge.claims })}
    </button>
  );
}

/** Aliases that differ from the name and from each other by more than case and apostrophes. */
function differentNames(name: string, aliases: readonly string[]): string[] {
  const key = (text: string) => text.toLocaleLowerCase().replaceAll("’", "'");
  const seen = new Set([key(name)]);
  return aliases.filter((alias) => {
    const known = seen.has(key(alias));
    seen.add(key(alias));
    return !known;
  });
}
