import { describe, expect, test } from "vitest";
import { FORMATS, formatOfFile, type ExportFormat } from "../../server/export/formats.ts";
import { CLAIMS, NODES, SETTINGS, SOURCE } from "./graph-source.ts";
import { missingModule, runPython } from "./python.ts";

async function written(format: ExportFormat): Promise<string> {
  let text = "";
  for await (const piece of FORMATS[format].write(SOURCE, SETTINGS)) text += piece;
  return text;
}

test("the ending tells the format, the longest one first", () => {
  expect(["a.ftm.json", "a.stix.json", "a.json"].map(formatOfFile)).toEqual(["ftm", "stix", "json"]);
});

interface Ftm {
  id: string;
  schema: string;
  properties: Record<string, string[]>;
}

describe("FollowTheMoney", () => {
  test("a claim is an entity between two others, with quote, article and standing", async () => {
    const entities = (await written("ftm"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Ftm);
    const byId = new Map(entities.map((entity) => [entity.id, entity]));
    expect(byId.size).toBe(entities.length);
    expect(entities).toHaveLength(NODES.length + 1 + CLAIMS.length + 2);
    expect(byId.get("claim-c-MEMBER_OF")).toEqual({
      id: "claim-c-MEMBER_OF",
      schema: "Membership",
      properties: {
        member: ["n0"],
        organization: ["n1"],
        role: ["member of"],
        description: ["Il est « membre » de l'organisation."],
        summary: [
          "standing: stated; polarity: affirmed; modality: asserted; former: no; confidence: 0.8; review: proposed; found by: test 1",
        ],
        date: ["2019-11"],
        recordId: ["c-MEMBER_OF"],
        proof: ["document-d1"],
        sourceUrl: ["https://example.org/a?b=1&c=2"],
        publisher: ["Le Courrier"],
      },
    });
    const shapes = ["c-family", "c-alleged", "c-denied", "c-planned", "c-outside"].map((id) => {
      const { schema, properties } = byId.get(`claim-${id}`)!;
      return [schema, (properties["role"] ?? properties["relationship"])?.[0]];
    });
    expect(shapes).toEqual([
      ["Family", "family of"],
      ["Directorship", "leads (alleged)"],
      ["UnknownLink", "member of (denied)"],
      ["UnknownLink", "member of (planned)"],
      ["UnknownLink", "met"],
    ]);
  });

  test.skipIf(missingModule("followthemoney") !== null)(
    "its own library loads every entity and finds nothing wrong",
    async () => {
      const text = await written("ftm");
      const { status, stdout, stderr } = runPython(
        `
import json, sys
from followthemoney import model
known = {}
for line in sys.stdin:
    data = json.loads(line)
    schema = model.get(data["schema"])
    assert schema is not None and not schema.abstract, data
    schema.validate(data)
    proxy = model.get_proxy(data, cleaned=False)
    for name, values in data["properties"].items():
        assert name in schema.properties, (data["schema"], name)
        assert sorted(proxy.get(name)) == sorted(set(values)), (name, values, proxy.get(name))
    known[proxy.id] = proxy
for proxy in known.values():
    for prop, value in proxy.itervalues():
        if prop.type.name == "entity":
            assert value in known and known[value].schema.is_a(prop.range), (proxy.schema.name, prop.name, known[value].schema.name)
print(len(known))
`,
        text,
      );
      expect([stderr, status, stdout.trim()]).toEqual(["", 0, String(text.trimEnd().split("\n").length)]);
    },
  );
});

interface Stix {
  id: string;
  type: string;
  objects: ({ id: string; type: string } & Record<string, unknown>)[];
}

describe("STIX 2.1", () => {
  test("a claim is a relationship with its quote, an article refers to what it tells, ids do not change", async () => {
    const text = await written("stix");
    expect(await written("stix")).toBe(text);
    const bundle = JSON.parse(text) as Stix;
    expect(new Set(bundle.objects.map(({ id }) => id)).size).toBe(bundle.objects.length);
    const relationships = bundle.objects.filter(({ type }) => type === "relationship");
    expect(relationships).toHaveLength(CLAIMS.length);
    const denied = relationships.find((one) => one["relationship_type"] === "denied-member-of");
    expect(denied).toMatchObject({
      description: "Il est « membre » de l'organisation.",
      confidence: 80,
      start_time: "2019-11-01T00:00:00.000Z",
      labels: [
        "standing: denied",
        "polarity: negated",
        "modality: asserted",
        "status: accepted",
        "extractor: test 1",
        "date: 2019-11",
      ],
      external_references: [
        {
          source_name: "Le Courrier",
          description: "Le site",
          url: "https://example.org/a?b=1&c=2",
          external_id: "d1",
        },
      ],
    });
    const ids = new Set(bundle.objects.map(({ id }) => id));
    for (const one of bundle.objects) {
      for (const ref of [one["source_ref"], one["target_ref"], one["object_refs"] ?? []].flat()) {
        if (ref !== undefined) expect(ids).toContain(ref);
      }
    }
    expect(
      bundle.objects.filter(({ type }) => type === "report" || type === "grouping").map(({ type }) => type),
    ).toEqual(["report", "grouping"]);
  });

  test.skipIf(missingModule("stix2validator") !== null)("the validator of its authors finds no error", async () => {
    const { status, stdout, stderr } = runPython(
      `
import sys
from stix2validator import validate_string, ValidationOptions
result = validate_string(sys.stdin.read(), ValidationOptions(version="2.1"))
for error in result.errors:
    print(error)
print(result.is_valid)
`,
      await written("stix"),
    );
    expect([stdout.trim(), status]).toEqual(["True", 0]);
    expect(stderr).not.toContain("Traceback");
  });
});
