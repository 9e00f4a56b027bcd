/**
 * The contract of every GraphStore: run against each adapter, its tests named by the rules of server/store/SPEC.md.
 */
import { describe } from "vitest";
import { describeEquivalence } from "./contract/equivalence.ts";
import { describeFiltering } from "./contract/filtering.ts";
import type { Subject } from "./contract/opened.ts";
import { describeMoving } from "./contract/moving.ts";
import { describeQuerying } from "./contract/querying.ts";
import { describeReading } from "./contract/reading.ts";
import { describeWriting } from "./contract/writing.ts";

export function describeGraphStore(subject: Subject, options: { propertyRuns: number }): void {
  describe("writing", () => {
    describeWriting(subject);
  });
  describe("reading", () => {
    describeReading(subject);
  });
  describe("filtering", () => {
    describeFiltering(subject);
  });
  describe("querying", () => {
    describeQuerying(subject);
  });
  describe("moving", () => {
    describeMoving(subject);
  });
  describeEquivalence(subject, options.propertyRuns);
}
