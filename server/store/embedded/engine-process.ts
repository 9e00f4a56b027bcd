/**
 * One life of the engine process, seen from its owner: requests with ids, their answers, and its end.
 */
import { fork, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import {
  EXIT_MEMORY,
  type AnswerMessage,
  type EngineAnswer,
  type EngineFault,
  type EngineRequest,
} from "./messages.ts";

/** The engine answered that it could not. */
export class EngineError extends Error {
  readonly fault: EngineFault;

  constructor(fault: EngineFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** The process is gone, with whatever it was doing. */
export class EngineEnded extends Error {
  readonly outOfMemory: boolean;

  constructor(reason: string, outOfMemory: boolean) {
    super(`The engine of the embedded store ended: ${reason}.`);
    this.outOfMemory = outOfMemory;
  }
}

const COMPLAINT_CHARACTERS = 2_000;

interface Waiting {
  resolve: (answer: EngineAnswer) => void;
  reject: (error: Error) => void;
}

export class EngineProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended: EngineEnded | null = null;
  #complaint = "";

  constructor() {
    const { file, execArgv } = program();
    this.#child = fork(file, [], { execArgv, stdio: ["ignore", "ignore", "pipe", "ipc"], serialization: "advanced" });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = `${this.#complaint}${text}`.slice(-COMPLAINT_CHARACTERS);
    });
    this.#child.on("message", (message: AnswerMessage) => {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if ("answer" in message) waiting?.resolve(message.answer);
      else waiting?.reject(new EngineError(message.fault));
      this.#holdOwner();
    });
    this.#child.on("exit", (code, signal) => {
      const why = signal === null ? `exit status ${String(code)}` : `signal ${signal}`;
      this.#end(
        new EngineEnded(`${why}${this.#complaint === "" ? "" : `: ${this.#complaint.trim()}`}`, code === EXIT_MEMORY),
      );
    });
    this.#child.on("error", (error) => this.#end(new EngineEnded(error.message, false)));
    this.#holdOwner();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get alive(): boolean {
    return this.#ended === null;
  }

  /**
   * @throws EngineError when the engine refuses, EngineEnded when the process goes before it answers.
   */
  request(request: EngineRequest): Promise<EngineAnswer> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#holdOwner();
      this.#child.send({ ...request, id }, (error) => {
        // The exit event may come before or never for a broken channel: either way this request is lost.
        if (error !== null) this.#end(new EngineEnded(error.message, false));
      });
    });
  }

  /** Ends the process at once. Requests that wait are rejected with EngineEnded when it is gone. */
  async kill(): Promise<void> {
    if (this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.ref();
    this.#child.kill("SIGKILL");
    await gone;
  }

  #end(ended: EngineEnded): void {
    this.#ended ??= ended;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
    this.#holdOwner();
  }

  /** The owner's process stays alive for an answer, not for an idle engine. */
  #holdOwner(): void {
    const hold = this.#waiting.size > 0;
    const channel = this.#child.channel;
    if (hold) {
      this.#child.ref();
      channel?.ref();
    } else {
      this.#child.unref();
      channel?.unref();
    }
  }
}

/** The child beside this file: JavaScript in a build, TypeScript under a loader in a checkout. */
function program(): { file: string; execArgv: string[] } {
  if (import.meta.url.endsWith(".ts")) {
    const loader = createRequire(import.meta.url).resolve("tsx");
    return { file: fileURLToPath(new URL("./child.ts", import.meta.url)), execArgv: ["--import", loader] };
  }
  return { file: fileURLToPath(new URL("./child.js", import.meta.url)), execArgv: [] };
}
