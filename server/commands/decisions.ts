/**
 * `decide`, `undo`, `history`, `suggestions`, `suggestions accept`, `review`, `annotated`: the decisions of people on the command
 * line, as the page makes them.
 */
import { userInfo } from "node:os";
import { actionSchema, type Action, type PossibleDuplicate, type ToldDecision } from "../contract/decisions.ts";
import { AppError } from "../errors.ts";
import type { Command, OptionValues, Program } from "./command.ts";
import { withGraph } from "./graph-access.ts";
import { choiceOption, flag, textOption, wholeNumberOption } from "./options.ts";

const BY = { author: { type: "string" }, why: { type: "string" } } as const;
const BY_HELP = `  --author NAME  who decides; remembered for the next time
  --why TEXT     the reason, kept with it`;
const LIMIT = { default: 20, max: 500 };

/** Words of `decide` → what is decided. */
const SHORT_FORMS: Readonly<Record<string, { words: string; make: (words: readonly string[]) => unknown }>> = {
  merge: { words: "FROM INTO", make: ([from, into]) => ({ kind: "merge", from, into }) },
  apart: { words: "ENTITY ENTITY", make: ([a, b]) => ({ kind: "reject", pair: [a, b] }) },
  postpone: { words: "ENTITY ENTITY", make: ([a, b]) => ({ kind: "postpone", pair: [a, b] }) },
  rename: { words: "ENTITY NAME", make: ([entity, name]) => ({ kind: "rename", entity, name }) },
  retype: { words: "ENTITY TYPE", make: ([entity, type]) => ({ kind: "retype", entity, type }) },
  note: { words: "ENTITY TEXT", make: ([entity, text]) => ({ kind: "add", note: { entity, text } }) },
  tag: { words: "ENTITY TAG", make: ([entity, tag]) => ({ kind: "add", tag: { entity, tag } }) },
  accept: { words: "CLAIM", make: ([claim]) => ({ kind: "accept", claim }) },
  reject: { words: "CLAIM", make: ([claim]) => ({ kind: "reject", claim }) },
  complete: { words: "DOCUMENT", make: ([document]) => ({ kind: "complete", document }) },
};

export const decideCommand: Command = {
  name: "decide",
  synopsis: "WHAT ID... | JSON [--author NAME] [--why TEXT]",
  summary: "Merges, renames, accepts, rejects…: a decision that the graph follows and that can be undone.",
  help: `
${Object.entries(SHORT_FORMS)
  .map(([name, { words }]) => `  decide ${`${name} ${words}`.padEnd(24)}`)
  .join("\n")}
  decide '{"kind": …}'             anything that POST /api/decisions takes as "action": split, move, correct, add
${BY_HELP}
`,
  options: BY,
  positionals: { min: 1, max: 3 },
  async run({ positionals, options }, context) {
    const action = actionOf(positionals);
    const program = context.program();
    const { author, why } = await whoAndWhy(options, program);
    const decision = await withGraph(program, context, (graph) => graph.decide({ author, why, action }));
    await context.stdout.write(line(decision));
    return 0;
  },
};

function actionOf([first = "", ...rest]: readonly string[]): Action {
  const form = SHORT_FORMS[first];
  let value: unknown;
  if (form !== undefined) {
    const wanted = form.words.split(" ").length;
    if (rest.length !== wanted) throw new AppError("usage", `Usage: fil-rouge decide ${first} ${form.words}`);
    value = form.make(rest);
  } else {
    try {
      value = JSON.parse(first);
    } catch (cause) {
      const known = Object.keys(SHORT_FORMS).join(", ");
      throw new AppError("usage", `"${first}" is nothing to decide. Give one of ${known}, or the action as JSON.`, {
        cause,
      });
    }
  }
  const parsed = actionSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError("usage", `This cannot be decided: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}.`);
}

export const undoCommand: Command = {
  name: "undo",
  synopsis: "DECISION [--author NAME] [--why TEXT]",
  summary: "Takes a decision back: the graph is as if it had never been made.",
  help: `
  DECISION       its id, as "history" tells it
${BY_HELP}
Later decisions that stand on it must be undone first; they are told.
`,
  options: BY,
  positionals: { min: 1, max: 1 },
  async run({ positionals: [id = ""], options }, context) {
    const program = context.program();
    const by = await whoAndWhy(options, program);
    const decision = await withGraph(program, context, (graph) => graph.undo(id, by));
    await context.stdout.write(line(decision));
    return 0;
  },
};

export const historyCommand: Command = {
  name: "history",
  synopsis: "[--entity ID | --claim ID | --document ID] [--limit N] [--format text|json]",
  summary: "Tells who decided what, latest first.",
  help: `
  --entity, --claim, --document ID  decisions about this one alone
  --limit N                         at most N (${LIMIT.default})
  --format json                     whole records
`,
  options: {
    entity: { type: "string" },
    claim: { type: "string" },
    document: { type: "string" },
    limit: { type: "string" },
    format: { type: "string" },
  },
  positionals: { min: 0, max: 0 },
  async run({ options }, context) {
    const format = choiceOption(options, "format", ["text", "json"]) ?? "text";
    const limit = wholeNumberOption(options, "limit", { min: 1, max: LIMIT.max }) ?? LIMIT.default;
    const query = {
      entity: textOption(options, "entity"),
      claim: textOption(options, "claim"),
      document: textOption(options, "document"),
      limit,
    };
    const program = context.program();
    const { decisions, total } = await withGraph(program, context, (graph) => graph.history(query));
    if (format === "json") await context.stdout.write(`${JSON.stringify(decisions, null, 2)}\n`);
    else for (const decision of decisions) await context.stdout.write(line(decision));
    if (total > decisions.length) await context.stderr.write(`${decisions.length} of ${total} decisions.\n`);
    return 0;
  },
};

export const suggestionsCommand: Command = {
  name: "suggestions",
  synopsis: "[--entity ID] [--clear] [--limit N] [--format text|json]",
  summary: "Lists entities that are possibly the same, with what speaks for and against.",
  help: `
  --entity ID    of this entity alone
  --clear        those that "suggestions accept" merges
  --limit N      at most N (${LIMIT.default})
"decide merge FROM INTO" joins a pair, "decide apart A B" refuses it for good.
`,
  options: {
    entity: { type: "string" },
    clear: { type: "boolean" },
    limit: { type: "string" },
    format: { type: "string" },
  },
  positionals: { min: 0, max: 0 },
  async run({ options }, context) {
    const format = choiceOption(options, "format", ["text", "json"]) ?? "text";
    const limit = wholeNumberOption(options, "limit", { min: 1, max: 100 }) ?? LIMIT.default;
    const query = { entity: textOption(options, "entity"), limit, ...(flag(options, "clear") ? { clear: true } : {}) };
    const program = context.program();
    const { suggestions, total } = await withGraph(program, context, (graph) => graph.suggestions(query));
    if (format === "json") await context.stdout.write(`${JSON.stringify(suggestions, null, 2)}\n`);
    else for (const suggestion of suggestions) await context.stdout.write(suggestionText(suggestion));
    if (total > suggestions.length) await context.stderr.write(`${suggestions.length} of ${total} suggestions.\n`);
    return 0;
  },
};

export const suggestionsAcceptCommand: Command = {
  name: "suggestions accept",
  synopsis: "[--author NAME] [--why TEXT]",
  summary: "Merges the pairs that are clear, one decision each.",
  help: `
${BY_HELP}
Exit status 1 when a pair could not be merged; the others are.
`,
  options: BY,
  positionals: { min: 0, max: 0 },
  async run({ options }, context) {
    const program = context.program();
    const by = await whoAndWhy(options, program);
    const { decisions, refused } = await withGraph(program, context, (graph) => graph.acceptSuggestions(by));
    for (const decision of decisions) await context.stdout.write(line(decision));
    for (const { message } of refused) await context.stderr.write(`fil-rouge: ${message}\n`);
    return refused.length > 0 ? 1 : 0;
  },
};

export const reviewCommand: Command = {
  name: "review",
  synopsis: "[--limit N] [--format text|json]",
  summary: "Lists claims to look at, those first of which most is expected to be wrong in the graph.",
  help: `
"decide accept CLAIM" and "decide reject CLAIM" settle one.
`,
  options: { limit: { type: "string" }, format: { type: "string" } },
  positionals: { min: 0, max: 0 },
  async run({ options }, context) {
    const format = choiceOption(options, "format", ["text", "json"]) ?? "text";
    const limit = wholeNumberOption(options, "limit", { min: 1, max: 100 }) ?? LIMIT.default;
    const program = context.program();
    const { items, total } = await withGraph(program, context, (graph) => graph.review(limit));
    if (format === "json") await context.stdout.write(`${JSON.stringify(items, null, 2)}\n`);
    else {
      for (const { claim } of items) {
        const { id, subject, type, object, confidence, quote } = claim;
        await context.stdout.write(
          `${id}  ${confidence.toFixed(2)}  ${subject.name} ${type} ${object.name}\n  “${quote.replaceAll(/\s+/g, " ")}”\n`,
        );
      }
    }
    if (total > items.length) await context.stderr.write(`${items.length} of ${total} claims.\n`);
    return 0;
  },
};

export const annotatedCommand: Command = {
  name: "annotated",
  synopsis: "DOCUMENT",
  summary: "Prints an article that was marked complete as an annotated article (*.ann.md) for training.",
  help: `
  DOCUMENT  its id; mark it with "decide complete DOCUMENT"
`,
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ positionals: [id = ""] }, context) {
    const program = context.program();
    await context.stdout.write(await withGraph(program, context, (graph) => graph.annotated(id)));
    return 0;
  },
};

/** Whom `--author` names, else who decided last, else who is logged in. */
async function whoAndWhy(options: OptionValues, program: Program): Promise<{ author: string; why: string }> {
  const given = textOption(options, "author");
  if (given?.trim() === "") throw new AppError("usage", "--author takes a name.");
  if (given !== undefined) await program.workspace.rememberAuthor(given);
  const author = given ?? (await program.workspace.author()) ?? userInfo().username;
  return { author, why: textOption(options, "why") ?? "" };
}

function line({ id, at, author, summary, why, undone }: ToldDecision): string {
  const reason = why === "" ? "" : ` (${why})`;
  const taken = undone === null ? "" : ` [undone by ${undone.author}]`;
  return `${id}  ${at.slice(0, 16).replace("T", " ")}  ${author}: ${summary}${reason}${taken}\n`;
}

function suggestionText({
  score,
  sides: [into, from],
  reasonsFor,
  reasonsAgainst,
  postponed,
}: PossibleDuplicate): string {
  const later = postponed ? "  (later)" : "";
  return [
    `${score.toFixed(2)}  ${from.node.name} → ${into.node.name}${later}`,
    `  decide merge ${from.node.id} ${into.node.id}`,
    ...reasonsFor.map(({ text }) => `  + ${text}`),
    ...reasonsAgainst.map(({ text }) => `  - ${text}`),
    "",
  ].join("\n");
}
