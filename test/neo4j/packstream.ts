/** PackStream, the values of the Bolt protocol: what a stand-in for a server needs to read and write. */

export type Packed = null | boolean | number | string | Packed[] | { [key: string]: Packed };

export interface Message {
  signature: number;
  fields: Packed[];
}

export function encodeMessage({ signature, fields }: Message): Buffer {
  const body = Buffer.concat([Buffer.from([0xb0 + fields.length, signature]), ...fields.map(encode)]);
  const head = Buffer.alloc(2);
  head.writeUInt16BE(body.length);
  return Buffer.concat([head, body, Buffer.alloc(2)]);
}

function encode(value: Packed): Buffer {
  if (value === null) return Buffer.from([0xc0]);
  if (typeof value === "boolean") return Buffer.from([value ? 0xc3 : 0xc2]);
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "string") {
    const text = Buffer.from(value, "utf8");
    return Buffer.concat([sized(text.length, 0x80, [0xd0, 0xd1, 0xd2]), text]);
  }
  if (Array.isArray(value)) {
    return Buffer.concat([sized(value.length, 0x90, [0xd4, 0xd5, 0xd6]), ...value.map(encode)]);
  }
  const entries = Object.entries(value);
  return Buffer.concat([
    sized(entries.length, 0xa0, [0xd8, 0xd9, 0xda]),
    ...entries.flatMap(([key, item]) => [encode(key), encode(item)]),
  ]);
}

function encodeNumber(value: number): Buffer {
  if (!Number.isInteger(value)) {
    const float = Buffer.alloc(9, 0xc1);
    float.writeDoubleBE(value, 1);
    return float;
  }
  const integer = Buffer.alloc(9, 0xcb);
  integer.writeBigInt64BE(BigInt(value), 1);
  return integer;
}

/** The mark of a text, list or map with its length. */
function sized(length: number, tiny: number, marks: readonly [number, number, number]): Buffer {
  if (length < 16) return Buffer.from([tiny + length]);
  if (length < 0x100) return Buffer.from([marks[0], length]);
  const long = Buffer.alloc(3, marks[1]);
  long.writeUInt16BE(length, 1);
  return long;
}

/** Reads the chunks of one message from the front; null while it is not there whole. */
export function decodeMessage(bytes: Buffer): { message: Message | null; rest: Buffer } | null {
  const chunks: Buffer[] = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const length = bytes.readUInt16BE(at);
    at += 2;
    if (length === 0) {
      const rest = bytes.subarray(at);
      if (chunks.length === 0) return { message: null, rest };
      const reader = new Reader(Buffer.concat(chunks));
      return { message: reader.message(), rest };
    }
    if (at + length > bytes.length) return null;
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return null;
}

export function textOf(value: Packed | undefined): string {
  if (typeof value !== "string") throw new TypeError(`a text was expected, not ${JSON.stringify(value)}`);
  return value;
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  message(): Message {
    const count = this.#byte() - 0xb0;
    const signature = this.#byte();
    return { signature, fields: Array.from({ length: count }, () => this.#value()) };
  }

  #byte(): number {
    this.#at += 1;
    return this.#bytes.readUInt8(this.#at - 1);
  }

  #unsigned(bytes: 1 | 2 | 4): number {
    this.#at += bytes;
    return this.#bytes.readUIntBE(this.#at - bytes, bytes);
  }

  #signed(bytes: 1 | 2 | 4): number {
    this.#at += bytes;
    return this.#bytes.readIntBE(this.#at - bytes, bytes);
  }

  #text(length: number): string {
    this.#at += length;
    return this.#bytes.toString("utf8", this.#at - length, this.#at);
  }

  #list(length: number): Packed[] {
    return Array.from({ length }, () => this.#value());
  }

  #map(length: number): Packed {
    return Object.fromEntries(Array.from({ length }, () => [textOf(this.#value()), this.#value()]));
  }

  #value(): Packed {
    const mark = this.#byte();
    if (mark < 0x80) return mark;
    if (mark >= 0xf0) return mark - 0x100;
    if (mark < 0x90) return this.#text(mark - 0x80);
    if (mark < 0xa0) return this.#list(mark - 0x90);
    if (mark < 0xb0) return this.#map(mark - 0xa0);
    switch (mark) {
      case 0xc0:
        return null;
      case 0xc1:
        this.#at += 8;
        return this.#bytes.readDoubleBE(this.#at - 8);
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc8:
        return this.#signed(1);
      case 0xc9:
        return this.#signed(2);
      case 0xca:
        return this.#signed(4);
      case 0xcb:
        this.#at += 8;
        return Number(this.#bytes.readBigInt64BE(this.#at - 8));
      case 0xd0:
        return this.#text(this.#unsigned(1));
      case 0xd1:
        return this.#text(this.#unsigned(2));
      case 0xd2:
        return this.#text(this.#unsigned(4));
      case 0xd4:
        return this.#list(this.#unsigned(1));
      case 0xd5:
        return this.#list(this.#unsigned(2));
      case 0xd8:
        return this.#map(this.#unsigned(1));
      case 0xd9:
        return this.#map(this.#unsigned(2));
      default:
        throw new RangeError(`a value that no test sends: 0x${mark.toString(16)}`);
    }
  }
}
