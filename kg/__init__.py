"""Questionable graphs from geopolitical news."""
