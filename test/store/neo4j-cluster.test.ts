/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- The driver declares its plain option objects as classes. */
/** What goes wrong in a cluster, on a stand-in for its members: the Community server has no cluster. */
import neo4j, { type Driver } from "neo4j-driver";
import { afterEach, expect, test } from "vitest";
import type { Query } from "../../server/store/executor.ts";
import { Neo4jExecutor } from "../../server/store/neo4j/executor.ts";
import { startBoltStub, type StubCluster, type StubPlan } from "../neo4j/bolt-stub.ts";

let cluster: StubCluster;
let driver: Driver;
afterEach(async () => {
  await driver.close();
  await cluster.close();
});

async function open(plan: StubPlan, direct?: string): Promise<Neo4jExecutor> {
  cluster = await startBoltStub(plan);
  driver = neo4j.driver(direct === undefined ? cluster.uri : cluster.members[direct]!, neo4j.auth.basic("neo4j", "x"), {
    telemetryDisabled: true,
  });
  return new Neo4jExecutor(driver, null, "The cluster", { writeMs: 3_000, readMs: 1_000 });
}

const query = (text: string, access: "read" | "write"): Query<never> => ({
  text,
  parameters: {},
  access,
  read: () => {
    throw new Error("there are no rows");
  },
});
const WRITE = query("CREATE (n)", "write");
const READ = query("MATCH (n) RETURN n", "read");

const asked = () => cluster.requests.map(({ member, what, mode }) => `${member} ${mode} ${what}`);
const NOT_A_LEADER = { code: "Neo.ClientError.Cluster.NotALeader" };
const DEADLOCK = { code: "Neo.TransientError.Transaction.DeadlockDetected" };

test("[S78] writes go to the leader, reads to the others, and a reader waits for what it has written", async () => {
  const executor = await open({ names: ["one", "two"], leader: () => "one", answer: () => "success" });
  await executor.write((transaction) => transaction.run(WRITE));
  await executor.read((transaction) => transaction.run(READ));
  await executor.write((transaction) => transaction.run(WRITE));
  expect(asked()).toEqual([
    "one write begin",
    "one write CREATE (n)",
    "one write commit",
    "two read begin",
    "two read MATCH (n) RETURN n",
    "one write begin",
    "one write CREATE (n)",
    "one write commit",
  ]);
  const begins = cluster.requests.filter(({ what }) => what === "begin");
  expect(begins.map(({ bookmarks }) => bookmarks)).toEqual([[], ["bookmark-1"], ["bookmark-1"]]);
});

test("[S75] a leader that has become a follower: the write is done whole by the next leader, once", async () => {
  let leader = "one";
  const executor = await open({
    names: ["one", "two", "three"],
    leader: () => leader,
    answer({ member, what, mode }) {
      if (member !== "one" || mode === "read" || what === "begin") return "success";
      leader = "two";
      return NOT_A_LEADER;
    },
  });
  let attempts = 0;
  await executor.write(async (transaction) => {
    attempts += 1;
    await transaction.run(WRITE);
    await transaction.run(WRITE);
  });
  expect(attempts).toBe(2);
  expect(asked().filter((line) => line.endsWith("commit"))).toEqual(["two write commit"]);
  expect(asked().filter((line) => line.startsWith("two write CREATE"))).toHaveLength(2);
});

test("[S75] a leader that goes in the middle of an election is waited for", async () => {
  let refusals = 0;
  const executor = await open({
    names: ["one", "two"],
    leader: () => "one",
    answer({ what }) {
      if (what !== "CREATE (n)" || refusals === 3) return "success";
      refusals += 1;
      return refusals === 2
        ? { code: "Neo.TransientError.Cluster.ReplicationFailure" }
        : { code: "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase" };
    },
  });
  await executor.write((transaction) => transaction.run(WRITE));
  expect(refusals).toBe(3);
  expect(asked().filter((line) => line.endsWith("commit"))).toHaveLength(1);
});

test.each([
  ["a deadlock", "CREATE (n)", DEADLOCK],
  ["a commit that fails for now", "commit", { code: "Neo.TransientError.General.DatabaseUnavailable" }],
  ["a line that goes dead", "CREATE (n)", "hang-up" as const],
  ["a line that goes dead before the commit", "commit", "hang-up" as const],
])("[S75] %s is tried again from the start", async (_name, at, fault) => {
  let failed = false;
  const executor = await open({
    names: ["one", "two"],
    leader: () => "one",
    answer({ what }) {
      if (what !== at || failed) return "success";
      failed = true;
      return fault;
    },
  });
  let attempts = 0;
  await executor.write((transaction) => {
    attempts += 1;
    return transaction.run(WRITE);
  });
  expect(attempts).toBe(2);
  expect(asked().at(-1)).toBe("one write commit");
});

test("[S75] a read is asked of another member when one goes", async () => {
  let gone = "";
  const executor = await open({
    names: ["one", "two", "three"],
    leader: () => "one",
    answer({ member, what }) {
      if (what !== READ.text || gone !== "") return "success";
      gone = member;
      return "hang-up";
    },
  });
  await executor.read((transaction) => transaction.run(READ));
  const readers = cluster.requests.filter(({ what }) => what === READ.text).map(({ member }) => member);
  expect(readers).toHaveLength(2);
  expect(new Set(readers).size).toBe(2);
});

test("[S75] the address of one follower alone takes no writes, and says what to do", async () => {
  const executor = await open(
    {
      names: ["one", "two"],
      leader: () => "two",
      answer: ({ what }) => (what === WRITE.text ? NOT_A_LEADER : "success"),
    },
    "one",
  );
  await expect(executor.write((transaction) => transaction.run(WRITE))).rejects.toMatchObject({
    code: "store_unreachable",
    message: expect.stringContaining("neo4j://") as string,
  });
  expect(new Set(cluster.requests.map(({ member }) => member))).toEqual(new Set(["one"]));
});

test("what will not be otherwise the next time is not tried again", async () => {
  const executor = await open({
    names: ["one", "two"],
    leader: () => "one",
    answer: ({ what }) =>
      what === WRITE.text ? { code: "Neo.ClientError.Schema.ConstraintValidationFailed" } : "success",
  });
  await expect(executor.write((transaction) => transaction.run(WRITE))).rejects.toMatchObject({
    code: "store_unreachable",
  });
  expect(asked().filter((line) => line.includes("CREATE"))).toHaveLength(1);
});
