// Apollo Client against the endpoint at the given address; prints what happened as JSON.
import { createHash } from "node:crypto";
import {
  ApolloClient,
  ApolloLink,
  CombinedGraphQLErrors,
  HttpLink,
  InMemoryCache,
  gql,
} from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";

const uri = process.argv[2];
const sent = [];
const watched = (address, options) => {
  sent.push(options.method);
  return fetch(address, options);
};
const cache = () =>
  new InMemoryCache({
    possibleTypes: { Entry: ["InterviewQuestion", "DebugEntry"] },
    typePolicies: {
      Query: { fields: { interviewQuestions: relayStylePagination(["filter", "orderBy"]) } },
    },
  });
const clientOf = (link) => new ApolloClient({ cache: cache(), link });

const QUESTIONS = gql`
  query Questions($first: Int!, $after: String) {
    interviewQuestions(first: $first, after: $after, orderBy: CODE_ASC) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { cursor node { id code title } }
    }
  }
`;
const codes = (data) => data.interviewQuestions.edges.map((edge) => edge.node.code);

async function pages() {
  const client = clientOf(new HttpLink({ uri }));
  const watched = { query: QUESTIONS, variables: { first: 3 } };
  const list = client.watchQuery(watched);
  const subscription = list.subscribe({});
  const { data: firstPage } = await client.query(watched);
  await list.fetchMore({ variables: { after: firstPage.interviewQuestions.pageInfo.endCursor } });
  const merged = client.cache.readQuery(watched);
  subscription.unsubscribe();
  return {
    first: codes(firstPage),
    merged: codes(merged),
    total: merged.interviewQuestions.totalCount,
  };
}

async function normalised() {
  const client = clientOf(new HttpLink({ uri }));
  const { data } = await client.query({ query: QUESTIONS, variables: { first: 1 } });
  const { id, code } = data.interviewQuestions.edges[0].node;
  const again = await client.query({
    query: gql`
      query Again($id: ID!) {
        node(id: $id) { __typename id ... on InterviewQuestion { code } }
      }
    `,
    variables: { id },
  });
  return { cached: `InterviewQuestion:${id}` in client.cache.extract(), same: again.data.node.code === code };
}

async function persisted() {
  // A text of its own for each run, so that the first request cannot know it.
  const query = gql(`query Persisted${process.pid} { interviewQuestions(first: 1) { totalCount } }`);
  const sha256 = (text) => createHash("sha256").update(text).digest("hex");
  const link = () =>
    ApolloLink.from([
      new PersistedQueryLink({ sha256, useGETForHashedQueries: true }),
      new HttpLink({ uri, fetch: watched }),
    ]);
  sent.length = 0;
  const first = await clientOf(link()).query({ query });
  const learnt = [...sent];
  sent.length = 0;
  const second = await clientOf(link()).query({ query });
  return {
    learnt,
    known: [...sent],
    same: first.data.interviewQuestions.totalCount === second.data.interviewQuestions.totalCount,
  };
}

async function errors() {
  const client = clientOf(new HttpLink({ uri }));
  const codesOf = async (query) => {
    try {
      await client.query({ query });
      return null;
    } catch (error) {
      return CombinedGraphQLErrors.is(error)
        ? error.errors.map((one) => one.extensions.code)
        : `${error.name}: ${error.message}`;
    }
  };
  return {
    invalid: await codesOf(gql`{ nothingOfThisName }`),
    tooLarge: await codesOf(gql`{ interviewQuestions(first: 1000) { totalCount } }`),
  };
}

console.log(
  JSON.stringify({
    pages: await pages(),
    normalised: await normalised(),
    persisted: await persisted(),
    errors: await errors(),
  }),
);
