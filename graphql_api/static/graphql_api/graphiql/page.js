"use strict";

(function () {
  const options = JSON.parse(document.getElementById("options").textContent);
  const asked = new URLSearchParams(window.location.search);

  // Its own fetcher: the toolkit's one speaks subscriptions and multipart, which the
  // endpoint does not, and would ask for them in Accept.
  async function fetcher(parameters) {
    const response = await fetch(options.endpoint, {
      method: "POST",
      credentials: "omit",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/graphql-response+json, application/json;q=0.9",
      },
      body: JSON.stringify(parameters),
    });
    return response.json();
  }

  const properties = {
    fetcher,
    defaultTabs: options.examples.map((query) => ({ query })),
    defaultEditorToolsVisibility: true,
    isHeadersEditorEnabled: false,
    shouldPersistHeaders: false,
  };
  if (asked.get("query")) {
    properties.query = asked.get("query");
    properties.variables = asked.get("variables") || "";
  }
  ReactDOM.createRoot(document.getElementById("graphiql")).render(
    React.createElement(GraphiQL, properties),
  );
})();
