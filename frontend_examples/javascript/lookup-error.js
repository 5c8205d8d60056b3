// Paste an error: node lookup-error.js < traceback.txt
import { request } from "./request.js";

const LOOKUP = `
  query Lookup($trace: String!) {
    lookupError(trace: $trace, first: 3) {
      matches {
        confidence
        reason
        entry { code title fixSteps { instruction { text } } }
      }
    }
  }
`;

let trace = "";
for await (const chunk of process.stdin) trace += chunk;
const { matches } = (await request(LOOKUP, { trace })).lookupError;
for (const { confidence, reason, entry } of matches) {
  console.log(`${entry.code}  ${entry.title}  (${Math.round(confidence * 100)} %, ${reason})`);
  for (const step of entry.fixSteps) console.log(`    - ${step.instruction?.text ?? "see code"}`);
}
if (matches.length === 0) console.log("Nothing here explains this error.");
