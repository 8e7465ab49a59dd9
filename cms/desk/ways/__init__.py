"""The ways in without an account, at `/w/`: a link that was sent, a code that was printed."""
