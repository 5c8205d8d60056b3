// One request to the endpoint. Text from the answer is only ever put into textContent.
const endpoint = document.body.dataset.endpoint || "/graphql";

export async function ask(query, variables = {}, headers = {}) {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const answer = await response.json();
  if (!answer.data) throw new Error(answer.errors?.[0]?.message ?? "The server did not answer.");
  return answer.data;
}

export const element = (id) => document.getElementById(id);

export function say(id, text) {
  element(id).textContent = text;
  element(id).hidden = !text;
}
