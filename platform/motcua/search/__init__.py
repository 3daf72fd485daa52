"""Search of procedures by everyday words, however they are typed. Opened by office; the one home of Whoosh.

`words` is the one analysis, of entries and of queries; `procedures` the index and how a query is judged; `spelling`
what was probably meant.
"""
