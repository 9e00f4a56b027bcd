/**
 * What axe-core finds wrong with a page for people who read or steer it otherwise.
 */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";

export async function faultsOfAccess(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
