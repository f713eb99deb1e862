"""Suggestions and complaints: written, sent with the next exchange, answered by the league."""
