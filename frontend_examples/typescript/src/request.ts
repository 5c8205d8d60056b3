import type { TypedDocumentString } from "./generated/graphql.js";

/** What the endpoint says about one thing that went wrong. */
export interface ApiProblem {
  message: string;
  extensions: { code: string; requestId: string };
}

/** The endpoint answered with errors; `code` is for programs, `requestId` for a report. */
export class ApiError extends Error {
  readonly code: string;
  readonly requestId: string;

  constructor(readonly problems: ApiProblem[]) {
    super(problems.map((problem) => problem.message).join(" "));
    this.code = problems[0]?.extensions.code ?? "INTERNAL_SERVER_ERROR";
    this.requestId = problems[0]?.extensions.requestId ?? "";
  }
}

/** Run a typed document. Rejects with `ApiError` for whatever the endpoint refuses. */
export async function request<Result, Variables>(
  url: string,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/graphql-response+json",
    },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const answer = (await response.json()) as { data?: Result; errors?: ApiProblem[] };
  if (answer.errors || !answer.data) throw new ApiError(answer.errors ?? []);
  return answer.data;
}
