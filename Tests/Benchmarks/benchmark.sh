#!/bin/bash
# Instructions that soclens needs for a whole review, beside those that pdftotext needs to read the same file.
#
#   benchmark.sh [--where] [--reports FOLDER] [--candidate 'COMMAND {}'] [SOCLENS]
#
#   SOCLENS      the release binary; default: built here with `swift build -c release`
#   --reports    folder of PDFs; default /tmp/bench, made by make_reports.py if it holds none
#   --where      also the functions that cost most
#   --candidate  measure another command instead; {} stands for the file
#
# Instruction counts hardly change with the load of the machine; times would.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
reports=/tmp/bench where=no candidate= soclens=
while [ $# -gt 0 ]; do
  case $1 in
  --where) where=yes ;;
  --reports) reports=$2; shift ;;
  --candidate) candidate=$2; shift ;;
  -h | --help) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 0 ;;
  -*) echo "benchmark.sh: unknown option $1" >&2; exit 64 ;;
  *) soclens=$1 ;;
  esac
  shift
done
for tool in strip valgrind callgrind_annotate pdftotext pdfinfo python3 /usr/bin/time; do
  command -v "$tool" >/dev/null || { echo "benchmark.sh: $tool is missing; see README.md" >&2; exit 2; }
done
if ! ls "$reports"/*.pdf >/dev/null 2>&1; then
  python3 "$here/make_reports.py" "$reports" >&2
fi
root=$(cd "$here/../.." && pwd)
if [ -z "$candidate" ] && [ -z "$soclens" ]; then
  (cd "$root" && swift build -c release) >&2
  soclens=$(cd "$root" && swift build -c release --show-bin-path)/soclens
fi
if [ -n "$candidate" ]; then
  read -r -a words <<<"$candidate"
else
  # Under valgrind a process takes several times its own memory.
  words=("$soclens" review --timeout 900 --memory 16000 --rules "$root/rules" --as-of 2026-01-15 --format json '{}')
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Debian's valgrind cannot read the debug information that Swift writes, and gives up on it: what is
# measured is the same program without it.
if [ -z "$candidate" ]; then
  strip --strip-debug -o "$scratch/soclens" "$soclens"
  words[0]=$scratch/soclens
fi

# instructions LABEL COMMAND...: the sum over all processes of the command; keeps the counts in $scratch/LABEL.*
instructions() {
  local label=$1 status=0
  shift
  python3 "$here/without_walls.py" valgrind --tool=callgrind --trace-children=yes --callgrind-out-file="$scratch/$label.%p" \
    --log-file="$scratch/log.$label.%p" "$@" >"$scratch/out.$label" 2>"$scratch/err.$label" || status=$?
  if [ "$status" -gt 1 ]; then
    echo "benchmark.sh: exit code $status under valgrind: $*" >&2
    tail -3 "$scratch/err.$label" >&2
  fi
  awk '/^(summary|totals):/ { if (FILENAME != last) { sum += $2; last = FILENAME } } END { printf "%.0f\n", sum }' "$scratch/$label".*
}

# memory COMMAND...: the highest resident set of any of its processes, in MiB
memory() {
  /usr/bin/time -v -o "$scratch/time" "$@" >/dev/null 2>&1 || true
  awk -F': ' '/Maximum resident set size/ { printf "%.1f\n", $2 / 1024 }' "$scratch/time"
}

filled=()
fill() {
  filled=()
  local word
  for word in "${words[@]}"; do filled+=("${word//\{\}/$1}"); done
}

echo "candidate: $(basename "${words[0]}") ${words[*]:1}"
printf '%-28s %6s %16s %16s %7s %6s %10s %10s\n' file pages pdftotext candidate ratio procs 'MiB (pdft)' 'MiB (cand)'
ratios=() number=0
for file in "$reports"/*.pdf; do
  number=$((number + 1))
  fill "$file"
  base=$(instructions "base$number" pdftotext "$file" "$scratch/text")
  ours=$(instructions "ours$number" "${filled[@]}")
  if [ "$base" -eq 0 ] || [ "$ours" -eq 0 ]; then
    echo "benchmark.sh: nothing was counted for $(basename "$file"); no ratio can be given" >&2
    exit 1
  fi
  ratio=$(awk -v a="$ours" -v b="$base" 'BEGIN { printf "%.2f", a / b }')
  ratios+=("$ratio")
  printf '%-28s %6s %16s %16s %7s %6s %10s %10s\n' "$(basename "$file")" "$(pdfinfo "$file" | awk '/^Pages:/ { print $2 }')" \
    "$base" "$ours" "$ratio" "$(ls "$scratch/ours$number".* | wc -l)" "$(memory pdftotext "$file" "$scratch/text")" "$(memory "${filled[@]}")"
done
median=$(printf '%s\n' "${ratios[@]}" | sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }')
echo "median ratio: $median"

if [ "$where" = yes ]; then
  number=0
  for file in "$reports"/*.pdf; do
    number=$((number + 1))
    for counts in "$scratch/ours$number".*; do
      echo
      echo "== $(basename "$file"), process ${counts##*.}"
      callgrind_annotate --auto=no "$counts" 2>/dev/null | awk '/^Ir/ { on = 1 } on' | sed 's/ \[[^]]*\]$//' | cut -c1-200 | awk 'NR <= 34'
    done
  done
fi
