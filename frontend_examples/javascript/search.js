// Search over all kinds: node search.js "connection pool"
import { request } from "./request.js";

const SEARCH = `
  query Search($query: String!) {
    search(query: $query, first: 5) {
      totalCount
      didYouMean
      nodes {
        entry { kind code title path }
        snippet { text isMatch }
      }
    }
  }
`;

const query = process.argv[2] ?? "connection pool";
const { search } = await request(SEARCH, { query });
console.log(`${search.totalCount} entries fit "${query}".`);
for (const { entry, snippet } of search.nodes) {
  // Mark what was found without ever building HTML from text.
  const shown = snippet.map((part) => (part.isMatch ? `*${part.text}*` : part.text)).join("");
  console.log(`${entry.code}  ${entry.title}\n    ${shown}`);
}
