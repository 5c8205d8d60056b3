// urql against the endpoint at the given address; prints what happened as JSON.
import { Client, cacheExchange, fetchExchange, gql } from "@urql/core";
import { persistedExchange } from "@urql/exchange-persisted";

const url = process.argv[2];
const sent = [];
const watched = (address, options) => {
  sent.push(options.method ?? "GET");
  return fetch(address, options);
};
const clientOf = (options = {}) =>
  new Client({ url, fetch: watched, exchanges: [cacheExchange, fetchExchange], ...options });

const QUESTIONS = gql`
  query Questions($first: Int!, $after: String) {
    interviewQuestions(first: $first, after: $after, orderBy: CODE_ASC) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id code }
    }
  }
`;
const LOOKUP = gql`
  query Lookup($trace: String!) {
    lookupError(trace: $trace) { __typename }
  }
`;

async function everyQuestion() {
  const client = clientOf();
  const codes = [];
  let after = null;
  let total;
  do {
    const { data, error } = await client.query(QUESTIONS, { first: 15, after }).toPromise();
    if (error) throw error;
    codes.push(...data.interviewQuestions.nodes.map((node) => node.code));
    total = data.interviewQuestions.totalCount;
    const { hasNextPage, endCursor } = data.interviewQuestions.pageInfo;
    after = hasNextPage ? endCursor : null;
  } while (after !== null);
  return { total, read: codes.length, distinct: new Set(codes).size };
}

async function methods() {
  const client = clientOf({ preferGetMethod: true });
  sent.length = 0;
  await client.query(QUESTIONS, { first: 1 }).toPromise();
  await client.query(QUESTIONS, { first: 1 }).toPromise();
  const short = [...sent];
  sent.length = 0;
  const long = await client.query(LOOKUP, { trace: "Traceback ".repeat(400) }).toPromise();
  return { short, long: [...sent], longError: long.error?.message ?? null };
}

async function persisted() {
  const query = `query PersistedByUrql${process.pid} { interviewQuestions(first: 1) { totalCount } }`;
  const build = () =>
    clientOf({
      exchanges: [persistedExchange({ preferGetForPersistedQueries: true }), fetchExchange],
    });
  sent.length = 0;
  const first = await build().query(query, {}).toPromise();
  const learnt = [...sent];
  sent.length = 0;
  const second = await build().query(query, {}).toPromise();
  return {
    learnt,
    known: [...sent],
    error: first.error?.message ?? second.error?.message ?? null,
  };
}

async function errors() {
  const { data, error } = await clientOf()
    .query("{ interviewQuestions(first: 1000) { totalCount } }", {})
    .toPromise();
  return {
    data: data ?? null,
    codes: error.graphQLErrors.map((one) => one.extensions.code),
    network: error.networkError?.message ?? null,
  };
}

console.log(
  JSON.stringify({
    everyQuestion: await everyQuestion(),
    methods: await methods(),
    persisted: await persisted(),
    errors: await errors(),
  }),
);
