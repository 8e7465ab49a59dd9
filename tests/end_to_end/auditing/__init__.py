"""What `make audit` looks at, and with what: minutes of work, so no part of `make test`."""
