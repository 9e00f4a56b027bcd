import { expect, test } from "vitest";
import { readConfig } from "../server/config.ts";

test("pages are fetched from the standard ports and from public hosts alone, unless the settings name more", () => {
  expect(readConfig({}, {}, "/data").web).toEqual({ ports: new Set([80, 443]), hosts: new Set() });
  const settings = { FIL_ROUGE_ALLOWED_PORTS: "8080, 8443", FIL_ROUGE_ALLOWED_HOSTS: "Intranet.example, 10.0.0.7" };
  expect(readConfig({}, settings, "/data").web).toEqual({
    ports: new Set([80, 443, 8080, 8443]),
    hosts: new Set(["intranet.example", "10.0.0.7"]),
  });
});

test.each([
  ["FIL_ROUGE_ALLOWED_PORTS", "http", "is no list of ports such as 8080,8443"],
  ["FIL_ROUGE_ALLOWED_PORTS", "99999", "names a port that is not from 1 to 65535"],
  ["FIL_ROUGE_ALLOWED_HOSTS", "http://intranet", "is no list of names or addresses such as intranet.example,10.0.0.7"],
])("the setting %s cannot be %s", (name, value, why) => {
  expect(() => readConfig({}, { [name]: value }, "/data")).toThrow(
    `The setting ${name} "${value}" cannot be used: ${why}.`,
  );
});
