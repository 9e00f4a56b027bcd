/**
 * Mentions of events that are one happening: by year, by head, by the sort of happening. Part of `linking.ts`.
 */
import { eventHead, eventSort, isAnyEvent, isGenericEvent, withoutYear } from "./event-names.ts";
import { grouped, joinOnly, type Name } from "./name-group.ts";

/** A description that says no more than what sort of happening it is ("l'attaque") is the one other event of that sort. */
export function joinEvents(names: readonly Name[]): void {
  const ordered = [...names].sort((a, b) => a.first - b.first);
  for (const group of grouped(ordered, (name) => withoutYear(name.key)).values()) {
    const dated = group.filter((name) => name.key !== withoutYear(name.key));
    for (const name of group) if (!dated.includes(name)) joinOnly(name, dated);
  }
  for (const name of ordered) {
    if (!isGenericEvent(name.key)) continue;
    const others = ordered.filter((other) => other !== name);
    const head = eventHead(name.key);
    const sameHead = others.filter((other) => eventHead(other.key) === head);
    if (sameHead.length > 0) {
      joinOnly(name, sameHead);
      continue;
    }
    const sort = eventSort(name.key);
    const before = others.filter((other) => other.first < name.first);
    if (sort !== null)
      joinOnly(
        name,
        before.filter((other) => eventSort(eventHead(other.key) ?? "") === sort),
      );
    else if (isAnyEvent(name.key)) joinOnly(name, before);
  }
}
