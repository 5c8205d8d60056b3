import { ask, element, say } from "./client.js";

const FORM = `query { contributionForm { token licence } technologies { slug name } }`;
const DUPLICATES = `query ($input: DuplicateCheckInput!) {
  checkDuplicates(input: $input) { code title }
}`;
const SUBMIT = `mutation ($input: SubmitContributionInput!) {
  submitContribution(input: $input) {
    contribution { reference statusToken hasAddress masked { field what count } }
    errors { message path }
  }
}`;

const form = element("form");
const kind = element("kind");
let token = "";
let key = crypto.randomUUID();
let shown = [];

const field = (name) => form.elements.namedItem(name);
const visible = () =>
  [...form.querySelectorAll("[data-for]")].filter((label) => !label.hidden)
    .map((label) => label.querySelector("[name]"));

function showFields() {
  for (const label of form.querySelectorAll("[data-for]")) {
    label.hidden = !label.dataset.for.split(" ").includes(kind.value);
  }
}

async function prepare() {
  const data = await ask(FORM);
  token = data.contributionForm.token;
  element("licence").textContent = data.contributionForm.licence;
  for (const { slug, name } of data.technologies) element("technology").add(new Option(name, slug));
}

async function showDuplicates() {
  const title = field("title").value.trim();
  if (kind.value === "correction" || title.length < 10) return say("duplicates", "");
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
    visible().filter((input) => input.value !== "").map((input) => [input.name, input.value]),
  );
  const required = { question: ["title", "technology"], error: ["title", "technology", "errorMessage"], correction: ["target", "section", "text", "reason"] };
  for (const name of required[kind.value]) proposal[name] ??= "";
  const name = field("creditName").value;
  const input = {
    [kind.value]: proposal,
    acceptsLicence: field("acceptsLicence").checked,
    formToken: token,
    homepage: field("homepage").value,
    shownDuplicates: shown,
    contributor: {
      email: field("email").value,
      credit: name ? (field("keepCredit").checked ? "PERMANENT" : "UNTIL_ERASED") : "NONE",
      creditName: name,
    },
  };
  try {
    const { submitContribution } = await ask(SUBMIT, { input }, { "Idempotency-Key": key });
    showErrors(submitContribution.errors);
    const made = submitContribution.contribution;
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
kind.addEventListener("change", showFields);
showFields();
prepare().catch((error) => say("problem", error.message));
