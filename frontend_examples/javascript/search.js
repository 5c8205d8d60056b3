// Search over entries of all kinds, and pages: node search.js "connection pool"
import { request } from "./request.js";

const SEARCH = `
  query Search($query: String!) {
    search(query: $query, first: 5) {
      totalCount
      didYouMean
      nodes {
        title { text isMatch }
        snippet { text isMatch }
        entry { code path }
        page { path }
      }
    }
  }
`;

const query = process.argv[2] ?? "connection pool";
const { search } = await request(SEARCH, { query });
console.log(`${search.totalCount} results fit "${query}".`);
// Mark what was found without ever building HTML from text.
const marked = (parts) => parts.map((part) => (part.isMatch ? `*${part.text}*` : part.text)).join("");
for (const { title, snippet, entry, page } of search.nodes) {
  console.log(`${entry?.code ?? page.path}  ${marked(title)}\n    ${marked(snippet)}`);
}
