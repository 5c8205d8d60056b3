import { graphql } from "./generated/index.js";
import { ApiError, request } from "./request.js";

declare const process: { env: Record<string, string | undefined> };
const url = process.env.LAMPLIGHT_URL ?? "http://127.0.0.1:8000/graphql";

const QUESTIONS = graphql(`
  query SeniorQuestions($filter: InterviewQuestionFilter, $first: Int!, $after: String) {
    interviewQuestions(filter: $filter, first: $first, after: $after, orderBy: DIFFICULTY_ASC) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        code
        title
        level
        difficulty
        technology {
          label
        }
      }
    }
  }
`);

let after: string | null = null;
do {
  // Annotated because the loop reads what it assigns.
  const page: Awaited<ReturnType<typeof read>> = await read(after);
  for (const question of page.nodes) {
    const technology = question.technology?.label ?? "any technology";
    console.log(`${question.code}  ${question.difficulty ?? "?"}/10  ${question.title} (${technology})`);
  }
  after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
} while (after !== null);

try {
  await request(url, QUESTIONS, { first: 1000 });
} catch (error) {
  if (!(error instanceof ApiError)) throw error;
  console.log(`A page of 1000 is refused: ${error.code}`);
}

async function read(cursor: string | null) {
  const variables = { filter: { level: { in: ["SENIOR" as const] } }, first: 5, after: cursor };
  return (await request(url, QUESTIONS, variables)).interviewQuestions;
}
