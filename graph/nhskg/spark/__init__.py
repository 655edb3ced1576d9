"""Builds on many machines, by Apache Spark (https://spark.apache.org): for more documents than one machine can read.

What is read in a document never depends on other documents, so Spark's workers read them with the same programs as a
build on one machine does, and the graph is the same to the byte. Only this package imports pyspark, and only in
functions: ``session`` starts Spark, ``inputs`` finds documents, ``work`` is what workers do, ``copies`` leaves out
texts that are there twice, ``engine`` has the order. ``work`` itself needs no pyspark. docs/scale.md says what it costs.
"""
