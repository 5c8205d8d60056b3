"""Candidates from an OpenSearch or Elasticsearch cluster instead of the database's postings."""
