#!/bin/sh
# Asks and tells in plain sh: asks.sh PROGRAM STUDY.
set -eu
while asked=$("$1" ask "$2"); do
    eval "$asked"
    epoch=$resource
    while [ "$epoch" -lt 9 ]; do
        epoch=$((epoch + 1))
        word=$("$1" tell "$2" "$trial" epoch=$epoch loss="$arg_x" note='a "b" = c' 2>>why.txt)
        echo "$word" >>words.txt
        [ "$word" = go ] || break
        "$1" tell "$2" "$trial" --checkpoint $epoch
    done
    [ "$word" != go ] || "$1" tell "$2" "$trial" --done
done
