import { ask, element, say } from "./client.js";

const STATUS = `query ($token: String!) {
  contribution(token: $token) {
    reference state title message hasAddress addressConfirmed deletionDueAt
    masked { field what count }
    entry { code title path } duplicateOf { code title path }
  }
}`;
const mutation = (name, extra = "", given = "") =>
  `mutation ($token: String!${extra}) { ${name}(token: $token${given}) { errors { message } } }`;
const WORDS = {
  RECEIVED: "It arrived and waits for a reviewer.",
  IN_REVIEW: "A reviewer is working on it.",
  WAITING: "A reviewer has a question for you.",
  ACCEPTED: "Accepted. An editor goes over it before it is published.",
  PUBLISHED: "Published. Thank you!",
  DECLINED: "It will not be published.",
  DUPLICATE: "The archive has it already.",
  WITHDRAWN: "You took it back.",
};
// The token stands behind the #, where neither servers nor logs nor other sites see it.
const given = new URLSearchParams(location.hash.slice(1));
const token = given.get("token") ?? "";

async function show() {
  const { contribution: one } = await ask(STATUS, { token });
  if (!one) return say("state", "This link opens nothing.");
  say("title", one.title || "Your contribution");
  say("state", WORDS[one.state]);
  say("reference", one.reference);
  say("message", one.message ?? "");
  say("deletion", one.deletionDueAt ? `It is deleted on ${one.deletionDueAt.slice(0, 10)} if nothing happens before.` : "");
  const masked = one.masked.map(({ field, what, count }) => `${count} × ${what} in ${field}`);
  say("masked", masked.length ? `Masked before we stored it: ${masked.join(", ")}` : "");
  element("answer").hidden = one.state !== "WAITING";
  element("withdraw").hidden = !["RECEIVED", "IN_REVIEW", "WAITING"].includes(one.state);
  const entry = one.entry ?? one.duplicateOf;
  element("entry").hidden = !entry;
  if (entry) {
    element("link").textContent = `${entry.code} ${entry.title}`;
    element("link").href = entry.path;
  }
  say("address", one.hasAddress ? (one.addressConfirmed ? "Your address is confirmed." : "Your address is not confirmed yet.") : "");
  element("confirm").hidden = !given.get("confirm") || one.addressConfirmed;
}

async function act(query, variables, name) {
  try {
    const data = await ask(query, variables);
    say("problem", data[name].errors.map((error) => error.message).join(" "));
    await show();
  } catch (error) {
    say("problem", error.message);
  }
}

element("confirm").addEventListener("click", () =>
  act(mutation("confirmContributorAddress"), { token: given.get("confirm") }, "confirmContributorAddress"));
element("withdraw").addEventListener("click", () =>
  act(mutation("withdrawContribution"), { token }, "withdrawContribution"));
element("answer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = event.target.elements.text.value;
  act(mutation("answerContribution", ", $text: String!", ", text: $text"), { token, text }, "answerContribution");
});
show().catch((error) => say("problem", error.message));
