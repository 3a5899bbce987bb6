"""One file a job: parse the command line, call training, print."""
