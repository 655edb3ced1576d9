-- Made once the tables are full. The two of statement hold all that a walk over the graph reads.
CREATE UNIQUE INDEX name_key ON name (key, entity);
CREATE INDEX name_entity ON name (entity);
CREATE INDEX earlier_name_entity ON earlier_name (entity);
CREATE INDEX statement_subject ON statement (subject, claims DESC, predicate, object, statuses, first, last);
CREATE INDEX statement_object ON statement (object, claims DESC, predicate, subject, statuses, first, last);
CREATE INDEX statement_disputed ON statement (claims DESC, number) WHERE disputed;
CREATE INDEX claim_id ON claim (id);
CREATE INDEX claim_statement ON claim (statement, moment);
CREATE INDEX claim_quotation ON claim (quotation);
CREATE INDEX claim_predicate ON claim (predicate);
CREATE INDEX claim_status ON claim (status);
CREATE INDEX claim_due ON claim (
    coalesce(valid_from, valid_to) IS NULL, coalesce(valid_from, valid_to), number
) WHERE status = 'planned';
CREATE INDEX claim_answer ON claim (answer) WHERE answer IS NOT NULL;
CREATE INDEX claim_speaker ON claim (speaker);
CREATE INDEX claim_published ON claim (published);
CREATE INDEX quotation_document ON quotation (document);
CREATE INDEX entry_subject ON entry (subject);
CREATE INDEX entry_object ON entry (object);
CREATE INDEX entity_pagerank ON entity (pagerank DESC);
CREATE INDEX entity_betweenness ON entity (betweenness DESC);
