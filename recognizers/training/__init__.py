"""Trains the small name model that ships in `recognizers/models`: `python -m recognizers.training CORPUS`.

It learns from the Swedish NER corpus (Webbnyheter 2012 from Språkbanken, annotated for CoreNLP; CC BY 4.0) and from
customer texts that are made here. The corpus is given on the command line; none of it is part of this project.
"""
