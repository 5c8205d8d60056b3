// Verifies webhook calls as a receiver does that is written in JavaScript.
// Reads {calls: [{body, headers, secret}]} from standard input and prints for each the payload
// it was given, or null and the name of the error it was refused with.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const { calls } = JSON.parse(readFileSync(0, "utf8"));

const verified = calls.map(({ body, headers, secret }) => {
  try {
    return { payload: new Webhook(secret).verify(body, headers), refused: null };
  } catch (error) {
    return { payload: null, refused: error.name || error.constructor.name };
  }
});
console.log(JSON.stringify(verified));
