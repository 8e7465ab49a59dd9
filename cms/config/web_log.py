"""The access log of Plein's own server, for who wants one: what was asked for, never by whom."""

FORMAT = "[%(time)s] %(method)s %(status)d %(dt_ms).1f %(path)s"
