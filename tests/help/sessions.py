"""A Spark session for tests, on this machine alone."""

from __future__ import annotations

import os
import shutil
import sys

from demands import need
from pyspark.sql import SparkSession

# What runs for seconds is not worth being checked, counted or compiled well.
JAVA = (
    "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData"
    " -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"
)


def session(master: str) -> SparkSession:
    """The session of this process; without a Java runtime the test says so and is left out."""
    need("spark", found=shutil.which("java") is not None, remedy="apt-get install openjdk-17-jre-headless")
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "localhost"}
    builder = SparkSession.builder.master(master).appName("tests")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.adaptive.enabled": "false",
        "spark.driver.memory": "512m",
        "spark.executor.memory": "512m",
        "spark.log.level": "ERROR",
        # Of several workers in one place each begins with the model that was loaded once.
        "spark.python.daemon.module": "reportedly.spark.daemon" if master.startswith("local[") else "pyspark.daemon",
        # For so few rows, compiling costs more than it gains.
        "spark.driver.extraJavaOptions": JAVA,
        "spark.executor.extraJavaOptions": JAVA,
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
