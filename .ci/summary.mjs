// Reads Vitest's JSON report, prints the closing line and decides the exit status: a skipped test counts as a fault here.
import { readFileSync } from "node:fs";

/** They compare with other people's data, which stand beside the checkout or nowhere. */
const MAY_BE_SKIPPED = /\(skipped where these are not\)$/;

const [, , file, status] = process.argv;
let report;
try {
  report = JSON.parse(readFileSync(file, "utf8"));
} catch {
  console.log("the tests gave no report");
  console.log("0 passed, 1 failed, 0 skipped");
  process.exit(1);
}
const tests = report.testResults.flatMap((suite) => suite.assertionResults);
const skipped = report.numPendingTests + (report.numTodoTests ?? 0);
const excused = tests.filter(
  (test) => test.status !== "failed" && test.status !== "passed" && MAY_BE_SKIPPED.test(test.fullName),
).length;
for (const suite of report.testResults) {
  for (const test of suite.assertionResults) {
    if (test.status !== "passed") console.log(`${test.status}: ${suite.name} > ${test.fullName}`);
  }
}
const brokenFiles = report.testResults.filter(
  (suite) => suite.status === "failed" && suite.assertionResults.length === 0,
).length;
const failed = report.numFailedTests + brokenFiles;
console.log(`${report.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
process.exit(status === "0" && failed === 0 && skipped === excused && report.numPassedTests > 0 ? 0 : 1);
