#!/bin/sh
# Ask and tell from a shell: a loop asks for trials and tells what it measured.
#
# Which level of gzip, on how many blocks by themselves, makes the smallest file? More blocks can be
# compressed side by side. The experiment is shell.lua. `mohpo-lua serve` decides; a request is one
# line of JSON, and so is its answer.
#
#   sh scripts/shell.sh
#   MOHPO_LUA=.build/release/mohpo-lua sh scripts/shell.sh
set -eu

here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkfifo "$folder/requests" "$folder/answers"

"${MOHPO_LUA:-mohpo-lua}" serve --stdio "$here/shell.lua" \
    <"$folder/requests" >"$folder/answers" &
server=$!
exec 3>"$folder/requests" 4<"$folder/answers"

# Sends a request and reads its answer. A refusal ends the script.
request() {
    echo "$1" >&3
    read -r answer <&4
    case $answer in *'"error"'*) echo "$answer" >&2 && exit 1 ;; esac
}

# The number of that name in the answer.
number() {
    printf '%s\n' "$answer" | sed -n "s/.*\"$1\":\([0-9][0-9]*\).*/\1/p"
}

while request '{"ask":1}'; do
    case $answer in
    *'"none"'*) break ;;                          # there are no more
    *'"wait"'*) sleep 0.1 && continue ;;          # there may be one later
    esac
    trial=$(number trial) attempt=$(number attempt)
    level=$(number level) blocks=$(number blocks)
    split -n "$blocks" "$here/gpu_train.py" "$folder/block."
    bytes=$(for block in "$folder"/block.*; do gzip "-n$level" -c "$block"; done | wc -c)
    rm "$folder"/block.*
    echo "trial $trial: level $level, blocks $blocks: $((bytes)) bytes"
    of="\"trial\":$trial,\"attempt\":$attempt"
    request "{\"report\":{\"run\":1,\"bytes\":$((bytes)),\"blocks\":$blocks},$of}"
done

request '{"front":1}'
echo "front: $answer"
exec 3>&-
wait "$server"
