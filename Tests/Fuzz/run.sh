#!/bin/bash
# Feeds one of our parsers with libFuzzer: Tests/Fuzz/run.sh PARSER [SECONDS] [arguments of libFuzzer]
# PARSER: structure, rule, policy, manifest or request. Inputs that libFuzzer keeps lie in .build/fuzz-inputs/PARSER,
# what makes a parser fail in .build/fuzz-finds.
set -euo pipefail
cd "$(dirname "$0")/../.."
parser=${1:?structure, rule, policy, manifest or request}
seconds=${2:-600}
shift $(($# < 2 ? $# : 2))

build=(swift build -c release -Xswiftc -sanitize=fuzzer -Xswiftc -enable-testing --scratch-path .build/fuzz --product soclens-fuzz)
SOCLENS_FUZZ=1 "${build[@]}" >&2
program=$(SOCLENS_FUZZ=1 "${build[@]}" --show-bin-path)/soclens-fuzz

inputs=.build/fuzz-inputs/$parser
mkdir -p "$inputs" .build/fuzz-finds
longest=4096
case $parser in
structure)
  longest=32768
  for report in fixtures/reports/*/report.pdf fixtures/letters/*/letter.pdf; do
    name=$(basename "$(dirname "$report")")
    [ -e "$inputs/$name" ] || .build/release/soclens dump pages "$report" >"$inputs/$name" || rm -f "$inputs/$name"
    # Single pages are shorter, and an input like any other.
    split=$inputs/$name-
    [ -e "${split}1" ] || awk -v to="$split" '/^page /{n++} n{print > (to n)}' "$inputs/$name"
  done
  ;;
rule)
  longest=16384
  find rules/soc2 -name '*.xml' ! -name pack.xml | while read -r file; do cp "$file" "$inputs/$(tr / - <<<"${file#rules/soc2/}")"; done
  ;;
policy)
  longest=65536
  cp rules/policy/default.xml "$inputs/default"
  ;;
manifest)
  printf 'vendor,tier,products,required,files\n"Fernhill, Inc.",critical,Ledger;Vault,security;availability,a.pdf;b.pdf\nQuay,,,,q.pdf\n' >"$inputs/commas"
  printf '\xef\xbb\xbfvendor;files\r\n"a\nb";"x"";y"\r\n\r\nb;c\r' >"$inputs/semicolons"
  ;;
request)
  printf '{"path":"a.pdf","meta":{"row":7,"x":[1.5e3,null,true,"\\u00e9\\ud83d\\ude00"]},"vendor":"Quay","tier":"low","required":["security"],"sha256":"00","limits":{"seconds":20,"pages":3},"products":["a"],"password":"p"}' >"$inputs/whole"
  ;;
*)
  echo "no parser is called $parser" >&2
  exit 64
  ;;
esac
words=()
[ "$parser" = policy ] || [ "$parser" = rule ] && words=(-dict=Tests/Fuzz/xml.dict)
# With Swift's own report of a crash, libFuzzer would not see it, and not keep the input.
export SWIFT_BACKTRACE=enable=no
exec "$program" "--$parser" "$inputs" -max_total_time="$seconds" -max_len="$longest" -timeout=20 -rss_limit_mb=2048 \
  -artifact_prefix=.build/fuzz-finds/"$parser"- -print_final_stats=1 "${words[@]}" "$@"
