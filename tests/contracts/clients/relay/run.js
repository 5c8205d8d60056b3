// Relay's hooks in a page without a window: a pagination container whose rows refetch
// themselves by node(id:). Prints what was shown as JSON.
const { GlobalRegistrator } = require("@happy-dom/global-registrator");
const nativeFetch = globalThis.fetch;
GlobalRegistrator.register({ url: "http://localhost/" });
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

const React = require("react");
const { createRoot } = require("react-dom/client");
const relay = require("react-relay");
const { Environment, Network, RecordSource, Store } = require("relay-runtime");
const listQuery = require("./__generated__/operationsListQuery.graphql");
const listFragment = require("./__generated__/operationsList_query.graphql");
const questionFragment = require("./__generated__/operationsQuestion_question.graphql");

const url = process.argv[2];
const asked = [];
const shown = { list: null, question: null };

async function fetchQuery(parameters, variables) {
  asked.push(parameters.name);
  const response = await nativeFetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/graphql-response+json" },
    body: JSON.stringify({ query: parameters.text, variables }),
  });
  return response.json();
}

const environment = new Environment({
  network: Network.create(fetchQuery),
  store: new Store(new RecordSource()),
});

function Question({ question, refetched }) {
  const [data, refetch] = relay.useRefetchableFragment(questionFragment, question);
  if (refetched) shown.question = { data, refetch };
  return React.createElement("li", null, data.title);
}

function List({ query }) {
  const list = relay.usePaginationFragment(listFragment, query);
  shown.list = list;
  return list.data.interviewQuestions.edges.map(({ node }, index) =>
    React.createElement(Question, { key: node.id, question: node, refetched: index === 0 }),
  );
}

function App() {
  return React.createElement(List, {
    query: relay.useLazyLoadQuery(listQuery, { count: 2 }),
  });
}

const settled = async (condition) => {
  for (let i = 0; i < 400 && !condition(); i += 1) {
    await React.act(() => new Promise((resolve) => setTimeout(resolve, 25)));
  }
  if (!condition()) throw new Error("The page did not settle.");
};
const codes = () => shown.list.data.interviewQuestions.edges.map(({ node }) => node.code);

async function main() {
  const root = createRoot(document.body.appendChild(document.createElement("ul")));
  await React.act(async () =>
    root.render(
      React.createElement(
        relay.RelayEnvironmentProvider,
        { environment },
        React.createElement(React.Suspense, { fallback: "…" }, React.createElement(App)),
      ),
    ),
  );
  await settled(() => shown.list !== null);
  const first = { codes: codes(), hasNext: shown.list.hasNext };
  await React.act(async () => shown.list.loadNext(3));
  await settled(() => codes().length > 2);
  const second = { codes: codes(), hasNext: shown.list.hasNext };
  await React.act(async () => React.startTransition(() => shown.question.refetch({ withAnswer: true })));
  await settled(() => shown.question.data.shortAnswer !== undefined);
  const items = document.querySelectorAll("li").length;
  const answer = shown.question.data.shortAnswer.text;
  console.log(JSON.stringify({ first, second, items, answered: answer.length > 20, asked }));
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
