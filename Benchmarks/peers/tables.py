"""Reads tables of 80 MB as CSV, in forms as they come, with this project's program and with pandas, by turns.
Prints the processor seconds of each, the median of the turns, and how many times as long pandas takes.
Argument: the program."""
import csv
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
import pandas

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
TURNS = 3
SCRIPT = """
local started = os.clock()
local data = require "mohpo.data".csv(arg[1], load("return " .. arg[2])())
print(os.clock() - started)
"""


def frame(rows, digits, seed=1):
    random = numpy.random.default_rng(seed)
    table = pandas.DataFrame(random.normal(size=(rows, 40)).round(digits), columns=[f"f{i}" for i in range(40)])
    table["label"] = random.integers(0, 10, rows)
    return table


def forms(folder):
    """Each form: its name, how the file is written, the options of both."""
    short, long = frame(210_000, 6), frame(100_000, 17)
    holes = short.mask(numpy.random.default_rng(2).random(short.shape) < 0.1)
    holes["label"] = short["label"]
    texts = short.copy()
    words = numpy.array(["cat", "dog", "mouse", "horse", "a longer text"])
    for index in range(8):
        texts[f"f{index}"] = words[numpy.random.default_rng(index).integers(0, 5, len(texts))]
    money = (short * 1e6).map(lambda value: f"{value:,.2f}")
    money["label"] = short["label"]

    def write(name, table, **options):
        path = folder / f"{name.replace(' ', '_')}.csv"
        table.to_csv(path, index=False, **options)
        return path

    yield "six digits", write("short", short), "{ label = 'label' }", {}
    yield "all digits", write("long", long), "{ label = 'label' }", {}
    yield "quoted", write("quoted", short, quoting=csv.QUOTE_ALL), "{ label = 'label' }", {}
    yield "a tenth missing", write("holes", holes), "{ label = 'label', missing = 'mean' }", {}
    yield "decimal comma", write("comma", short, sep=";", decimal=","), \
        "{ label = 'label', separator = ';', decimal = ',' }", {"sep": ";", "decimal": ","}
    yield "thousands", write("money", money, sep=";"), \
        "{ label = 'label', separator = ';', thousands = ',' }", {"sep": ";", "thousands": ","}
    yield "eight columns of text", write("texts", texts), "{ label = 'label', one_hot = true }", {}
    yield "two columns of 40", folder / "short.csv", \
        "{ label = 'label', columns = { 'f1', 'f2' } }", {"usecols": ["f1", "f2", "label"]}


def ours(path, options, script):
    result = subprocess.run([PROGRAM, "--quiet", script, str(path), options], check=True, capture_output=True, text=True)
    return float(result.stdout)


def theirs(path, options):
    started = time.process_time()
    pandas.read_csv(path, **options)
    return time.process_time() - started


print(f"{'':24}{'MB':>6}{'ours':>8}{'pandas':>8}{'times':>7}")
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    script = folder / "read.lua"
    script.write_text(SCRIPT)
    for form, path, lua, python in forms(folder):
        turns = [(ours(path, lua, script), theirs(path, python)) for _ in range(TURNS)]
        mine, other = (statistics.median(column) for column in zip(*turns))
        size = path.stat().st_size / 1e6
        print(f"{form:24}{size:6.0f}{mine:8.2f}{other:8.2f}{other / mine:7.2f}", flush=True)
