import { ask, element, say } from "./client.js";

const FORM = `query { contributionForm { token licence } technologies { slug name } }`;
const DUPLICATES = `query ($input: DuplicateCheckInput!) {
  checkDuplicates(input: $input) { code title }
}`;
const submission = (mutation, type) => `mutation ($input: ${type}!) {
  ${mutation}(input: $input) {
    contribution { reference statusToken hasAddress masked { field what count } }
    errors { code message path }
  }
}`;
const CONTRIBUTION = submission("submitContribution", "SubmitContributionInput");
const TESTIMONIAL = submission("submitTestimonial", "SubmitTestimonialInput");
// Sent empty rather than left out: the answer then names them, beside what else is wrong.
const REQUIRED = {
  question: ["title", "technology"],
  error: ["title", "technology", "errorMessage"],
  snippet: ["title", "technology", "description", "code"],
  solution: ["target", "solution"],
  correction: ["target", "section", "text", "reason"],
  testimonial: ["text", "authorName"],
};

const form = element("form");
const kind = element("kind");
let token = "";
let key = crypto.randomUUID();
let shown = [];

const visible = () =>
  [...form.querySelectorAll("[data-for]")].filter((label) => !label.hidden)
    .map((label) => label.querySelector("[name]"));
// Kinds share names; the one that is shown is meant.
const field = (name) =>
  visible().find((input) => input.name === name) ?? form.elements.namedItem(name);
const PERSONAL = ["creditName", "keepCredit"];

function showFields() {
  for (const label of form.querySelectorAll("[data-for]")) {
    label.hidden = !label.dataset.for.split(" ").includes(kind.value);
  }
}

async function fetchToken() {
  const data = await ask(FORM);
  token = data.contributionForm.token;
  return data;
}

async function prepare() {
  const data = await fetchToken();
  element("licence").textContent = data.contributionForm.licence;
  for (const { slug, name } of data.technologies) element("technology").add(new Option(name, slug));
}

async function showDuplicates() {
  const title = field("title").value.trim();
  if (title.length < 10) return say("duplicates", "");
  const { checkDuplicates } = await ask(DUPLICATES, {
    input: { kind: kind.value.toUpperCase(), title, technology: field("technology").value },
  });
  shown = checkDuplicates.map((one) => one.code);
  const list = checkDuplicates.map((one) => `${one.code} ${one.title}`).join("\n");
  say("duplicates", list && `We have these already. Is yours another?\n${list}`);
}

function showErrors(errors) {
  const rest = [];
  for (const one of form.querySelectorAll(".field-error")) one.remove();
  for (const one of form.elements) one.removeAttribute("aria-invalid");
  for (const { message, path } of errors) {
    const input = field(path.at(-1) ?? "");
    if (!input) rest.push(message);
    else {
      const note = Object.assign(document.createElement("span"), {
        className: "error field-error",
        textContent: message,
      });
      input.setAttribute("aria-invalid", "true");
      input.closest("label").append(note);
    }
  }
  say("problem", rest.join(" ") || (errors.length ? "Please look at the fields marked above." : ""));
}

async function send(event) {
  event.preventDefault();
  element("send").disabled = true;
  const proposal = Object.fromEntries(
    visible().filter((input) => input.value !== "" && !PERSONAL.includes(input.name))
      .map((input) => [input.name, input.value]),
  );
  for (const name of REQUIRED[kind.value]) proposal[name] ??= "";
  const isTestimonial = kind.value === "testimonial";
  const name = isTestimonial ? "" : field("creditName").value;
  const input = {
    ...(isTestimonial ? proposal : { [kind.value]: proposal, shownDuplicates: shown }),
    acceptsLicence: field("acceptsLicence").checked,
    formToken: token,
    homepage: field("homepage").value,
    contributor: {
      email: field("email").value,
      credit: name ? (field("keepCredit").checked ? "PERMANENT" : "UNTIL_ERASED") : "NONE",
      creditName: name,
    },
  };
  try {
    const query = isTestimonial ? TESTIMONIAL : CONTRIBUTION;
    const [answer] = Object.values(await ask(query, { input }, { "Idempotency-Key": key }));
    showErrors(answer.errors);
    // A form that stood open for a day needs a new token; what was typed stays.
    if (answer.errors.some(({ code }) => code === "FORM_TOKEN_EXPIRED")) await fetchToken();
    const made = answer.contribution;
    if (made) {
      say("reference", made.reference);
      element("status").href = `status.html#token=${encodeURIComponent(made.statusToken)}`;
      const masked = made.masked.map((one) => `${one.count} × ${one.what} in ${one.field}`);
      say("masked", masked.length ? `We masked before storing: ${masked.join(", ")}` : "");
      element("confirm").hidden = !made.hasAddress;
      form.hidden = true;
      element("done").hidden = false;
    }
  } catch (error) {
    showErrors([{ message: error.message, path: [] }]);
  }
  element("send").disabled = false;
}

// Another text is another submission: it needs a key of its own.
form.addEventListener("input", () => (key = crypto.randomUUID()));
form.addEventListener("submit", send);
field("title").addEventListener("change", showDuplicates);
kind.addEventListener("change", () => {
  showFields();
  shown = [];
  say("duplicates", "");
});
showFields();
prepare().catch((error) => say("problem", error.message));
