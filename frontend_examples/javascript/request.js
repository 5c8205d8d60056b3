const url = globalThis.process?.env.LAMPLIGHT_URL ?? "http://127.0.0.1:8000/graphql";

/** Something the endpoint refused: `code` is for programs, `requestId` for a report. */
export class ApiError extends Error {
  constructor(errors) {
    super(errors.map((error) => error.message).join(" "));
    this.code = errors[0].extensions.code;
    this.requestId = errors[0].extensions.requestId;
  }
}

/** The data of an operation. Waits and tries again when there were too many requests. */
export async function request(query, variables = {}) {
  for (;;) {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/graphql-response+json",
      },
      body: JSON.stringify({ query, variables }),
    });
    if (response.status === 429 && response.headers.has("Retry-After")) {
      const seconds = Number(response.headers.get("Retry-After"));
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      continue;
    }
    const { data, errors } = await response.json();
    if (errors) throw new ApiError(errors);
    return data;
  }
}
