// What relay-compiler reads; the artifacts it writes are what runs.
const { graphql } = require("react-relay");

module.exports = () => [
  graphql`
    query operationsListQuery($count: Int!) {
      ...operationsList_query @arguments(count: $count)
    }
  `,
  graphql`
    fragment operationsList_query on Query
    @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" })
    @refetchable(queryName: "operationsListPaginationQuery") {
      interviewQuestions(first: $count, after: $cursor, orderBy: CODE_ASC)
        @connection(key: "operationsList_interviewQuestions") {
        totalCount
        edges {
          node {
            id
            code
            ...operationsQuestion_question
          }
        }
      }
    }
  `,
  graphql`
    fragment operationsQuestion_question on InterviewQuestion
    @argumentDefinitions(withAnswer: { type: "Boolean", defaultValue: false })
    @refetchable(queryName: "operationsQuestionRefetchQuery") {
      title
      shortAnswer @include(if: $withAnswer) {
        text
      }
    }
  `,
];
