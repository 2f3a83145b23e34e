#!/bin/sh
# A trial in plain sh: socat connects standard input and output with the socket of mohpo-lua.
set -eu
[ "${1-}" = speak ] || exec socat "UNIX-CONNECT:$MOHPO_SOCKET" "EXEC:sh $0 speak"

ask() {
    printf '%s\n' "$1"
    read -r answer
}

ask "{\"hello\":1,\"trial\":$MOHPO_TRIAL,\"secret\":\"$MOHPO_SECRET\"}"
x=${answer#*\"x\":}
x=${x%%[,\}]*}
epoch=$MOHPO_RESOURCE
while [ "$epoch" -lt 9 ]; do
    epoch=$((epoch + 1))
    ask "{\"report\":{\"epoch\":$epoch,\"loss\":$x}}"
    case $answer in *'"stop":true'*) exit 0 ;; esac
    ask "{\"checkpoint\":$epoch}"
done
ask '{"done":true}'
