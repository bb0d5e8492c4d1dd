"""The language step: reading text, pipeline, parse, and the questions that several stages ask of a parse."""

from reportedly.parse.lightly import lightly

lightly()
