"""The process from which PySpark splits its Python workers off, with the language model in it.

Named by ``spark.python.daemon.module=reportedly.spark.daemon``: a worker then begins with the model of all, which is
loaded once an executor and held in memory once, where it would load one of its own.
"""

from __future__ import annotations

from pyspark import daemon

from reportedly.parse import nlp

if __name__ == "__main__":
    nlp.load()
    daemon.manager()
