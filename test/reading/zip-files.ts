/**
 * ZIP files written byte by byte, so that a test may let them lie about sizes, encrypt, or be a bomb.
 */

export interface ZipMember {
  name: string;
  /** Stored as it is. */
  content?: string | Uint8Array;
  /** Deflated already; `size` is what the file says it inflates to. */
  packed?: Uint8Array;
  size?: number;
  encrypted?: boolean;
}

export function zipOf(members: readonly ZipMember[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.name, "utf8");
    const data = member.packed ?? Buffer.from(member.content ?? "");
    const size = member.size ?? data.length;
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x0800 | (member.encrypted === true ? 1 : 0), 2);
    head.writeUInt16LE(member.packed === undefined ? 0 : 8, 4);
    head.writeUInt32LE(0, 10);
    head.writeUInt32LE(data.length, 14);
    head.writeUInt32LE(size, 18);
    head.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), head, name, data]);
    centrals.push(
      Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), head, Buffer.alloc(10), uint32(offset), name]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from("PK\x05\x06", "latin1"), end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
