// Every interview question, a page after the other, until there is no next one.
import { request } from "./request.js";

const QUESTIONS = `
  query Questions($after: String) {
    interviewQuestions(first: 20, after: $after, orderBy: CODE_ASC) {
      pageInfo { hasNextPage endCursor }
      nodes { code title shortAnswer { text } }
    }
  }
`;

async function* everyQuestion() {
  let after = null;
  do {
    const { nodes, pageInfo } = (await request(QUESTIONS, { after })).interviewQuestions;
    yield* nodes;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
}

for await (const question of everyQuestion()) {
  console.log(`${question.code}  ${question.title}`);
}
