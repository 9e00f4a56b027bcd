/**
 * `lists add`, `lists remove`, `lists show`: known actors that a newsroom brings along.
 */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { ActorList } from "../contract/lists.ts";
import { AppError } from "../errors.ts";
import type { Command } from "./command.ts";
import { textOption } from "./options.ts";
import { count } from "./progress.ts";

const FAULTS_SHOWN = 20;

export const listsAddCommand: Command = {
  name: "lists add",
  synopsis: "FILE [--name NAME]",
  summary: "Takes in a list of known actors: CSV or FollowTheMoney.",
  help: `
  FILE         CSV with a first line that names the columns (type and name; also id, aliases, countries, …: see
               data/gazetteers/README.md), or entities of FollowTheMoney (.ftm.json, .json, .jsonl)
  --name NAME  how the list is called (the file's name); a list of the same name is replaced

An entity of the graph that has a name of the list wears its badge on the page, at once. The names also help to tell who is who
in articles that come after the next start; "fil-rouge rebuild" looks at those before again.
Lines that cannot be used are told with their number and the reason; the rest is used. Exit status 1 then.
`,
  options: { name: { type: "string" } },
  positionals: { min: 1, max: 1 },
  async run({ positionals, options }, context) {
    const file = positionals[0] ?? "";
    const name = textOption(options, "name") ?? basename(file).replace(/\.[a-z.]+$/i, "");
    const text = await readFile(file, "utf8").catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new AppError("not_found", `${file} cannot be read (${why}). Check the path.`, { cause });
    });
    const program = context.program();
    try {
      const list = await program.actorLists.add(name, basename(file), text, new Date());
      await context.stdout.write(`${listLine(list)}\n`);
      for (const { line, reason } of list.faults.slice(0, FAULTS_SHOWN)) {
        await context.stderr.write(`${file}, line ${line}: ${reason}\n`);
      }
      const more = list.faults.length - FAULTS_SHOWN;
      if (more > 0) await context.stderr.write(`and ${more} more\n`);
      return list.faults.length > 0 ? 1 : 0;
    } finally {
      await program.close();
    }
  },
};

export const listsRemoveCommand: Command = {
  name: "lists remove",
  synopsis: "NAME",
  summary: "Takes a list of known actors out.",
  help: `
Nothing of the graph goes with it.
`,
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ positionals }, context) {
    const program = context.program();
    try {
      const name = positionals[0] ?? "";
      if (!(await program.actorLists.remove(name))) throw new AppError("not_found", `There is no list "${name}".`);
      await context.stdout.write(`removed ${name}\n`);
      return 0;
    } finally {
      await program.close();
    }
  },
};

export const listsShowCommand: Command = {
  name: "lists show",
  synopsis: "",
  summary: "Tells the lists of known actors.",
  help: `
One line a list, with its number of actors.
`,
  options: {},
  positionals: { min: 0, max: 0 },
  async run(_args, context) {
    const program = context.program();
    try {
      const lists = await program.actorLists.all();
      if (lists.length === 0) await context.stdout.write("There are no lists.\n");
      for (const list of lists) await context.stdout.write(`${listLine(list)}\n`);
      return 0;
    } finally {
      await program.close();
    }
  },
};

function listLine({ name, actors, faults, file }: ActorList): string {
  const unused = faults.length === 0 ? "" : `, ${count(faults.length, "line", "lines")} with faults`;
  return `${name}: ${count(actors, "actor", "actors")} from ${file}${unused}`;
}
