/** Choosing values of a list condition: all of them chosen is no condition. */
import type { Standing } from "../../../server/contract/filter.ts";

export const STANDINGS_SHOWN: readonly Standing[] = ["stated", "alleged"];

/** Adds or takes out one value. Undefined, "no condition", stands for `all`. The order of `all` comes first. */
export function toggle<T>(chosen: readonly T[] | undefined, value: T, all: readonly T[]): T[] | undefined {
  const before = chosen ?? all;
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  const isAll = after.length === all.length && all.every((one) => after.includes(one));
  return isAll
    ? undefined
    : [...all.filter((one) => after.includes(one)), ...after.filter((one) => !all.includes(one))];
}
