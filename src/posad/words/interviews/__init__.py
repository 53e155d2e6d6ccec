"""What is done with interviews: codings found in their transcripts, agreement of coders, tables of codes, quotes made ready for print."""
