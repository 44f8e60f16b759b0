#!/bin/sh
# 安装、升级、移除 Cobuild，不需要互联网。 Install, upgrade or remove Cobuild without internet.
#
#   sh install.sh install [--to FOLDER] [--python PYTHON]      FOLDER: /opt/cobuild
#   sh install.sh upgrade [--to FOLDER] [--python PYTHON]      the data folder is not touched
#   sh install.sh remove  [--to FOLDER] [--data FOLDER --yes]  data stay unless --data names them
#   sh install.sh check                                        checksums only
#
# A version is installed in a folder of its own and put in use in one step, when it is complete; the
# one before stays until the next upgrade.
set -eu
umask 022

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
to=/opt/cobuild
python=
data=
yes=no

fail() {
  printf '%s\n' "$@" >&2
  exit 3
}
wrong() {
  printf '%s\n' "$@" >&2
  sed -n '2,8s/^# \{0,1\}//p' "$here/install.sh" >&2
  exit 2
}

[ $# -gt 0 ] || wrong "请给出操作。/ Say what to do."
action=$1
shift
while [ $# -gt 0 ]; do
  case $1 in
    --to | --python | --data)
      [ $# -gt 1 ] || wrong "$1 后缺少取值。/ $1 needs a value."
      case $1 in --to) to=$2 ;; --python) python=$2 ;; --data) data=$2 ;; esac
      shift 2
      ;;
    --yes)
      yes=yes
      shift
      ;;
    *) wrong "未知选项 $1。/ Unknown option $1." ;;
  esac
done
case $to in
  /) wrong "不能安装到 /。/ Not into /." ;;
  /*) ;;
  *) to=$(pwd)/$to ;;
esac

value() { sed -n "s/^$1=//p" "$here/about"; }

find_python() {
  minor=$(value PYTHON)
  if [ -z "$python" ]; then
    python=$(command -v "python$minor" || command -v python3 || true)
  fi
  [ -n "$python" ] && command -v "$python" >/dev/null 2>&1 ||
    fail "未找到 Python $minor；请先安装，或用 --python 指明。" "Python $minor was not found: install it, or name it with --python."
  found=$("$python" -c 'import sys, platform
print("%d.%d" % sys.version_info[:2], platform.system(), platform.machine())') ||
    fail "$python 不能运行。/ $python does not run."
  [ "$found" = "$minor $(value SYSTEM) $(value MACHINE)" ] ||
    fail "此安装包用于 Python $minor、$(value SYSTEM) $(value MACHINE)，本机为 $found。" \
      "This archive is for Python $minor on $(value SYSTEM) $(value MACHINE); here is $found."
}

check() {
  # Python computes the sums, so that no other tool is needed.
  "$python" - "$here" <<'PYTHON' || fail "校验不符，未安装任何内容；请重新复制安装包。" "Checksums differ, nothing was installed: copy the archive again."
import hashlib, pathlib, sys
root = pathlib.Path(sys.argv[1])
given = dict(reversed(line.split("  ", 1)) for line in (root / "SHA256SUMS").read_text("utf-8").splitlines())
there = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()} - {"SHA256SUMS"}
wrong = sorted(there ^ set(given))
for name in there & set(given):
    digest = hashlib.sha256((root / name).read_bytes()).hexdigest()
    if digest != given[name]:
        wrong.append(name)
for name in wrong:
    print(name, file=sys.stderr)
sys.exit(bool(wrong))
PYTHON
}

switch() { # a link that is replaced in one step: there is always a version in use
  "$python" -c 'import os, sys
link, target = sys.argv[1:]
os.symlink(target, link + ".new")
os.replace(link + ".new", link)' "$1" "$2"
}

put_in_place() {
  id=$(value VERSION)-$("$python" -c 'import hashlib, sys
print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest()[:12])' "$here/SHA256SUMS")
  release=$to/releases/$id
  if [ ! -e "$release/complete" ]; then
    rm -rf "$release"
    mkdir -p "$to/releases" "$to/bin" || fail "无法写入 $to。/ Cannot write into $to."
    trap 'rm -rf "$release"' EXIT
    trap 'exit 130' INT TERM HUP
    "$python" -m venv "$release" || fail "无法建立 Python 环境（Debian、Ubuntu 须有 python3-venv）。" \
      "No environment could be made (Debian and Ubuntu need python3-venv)."
    "$release/bin/python" -m pip --isolated --disable-pip-version-check install -q --no-index --no-deps \
      --find-links "$here/wheels" --require-hashes -r "$here/requirements.txt" ${COBUILD_PIP_OPTIONS:-} ||
      fail "安装未完成，已撤回。/ The installation was not completed and was taken back."
    "$release/bin/python" -m pip --isolated check || fail "安装不完整，已撤回。/ Incomplete, taken back."
    "$release/bin/cobuild" --version || fail "程序不能运行，已撤回。/ It does not run, taken back."
    : >"$release/complete"
    trap - EXIT INT TERM HUP
  fi
  before=$(readlink "$to/current" 2>/dev/null || true)
  rm -f "$to/current.new" "$to/bin/cobuild.new"
  switch "$to/current" "releases/$id"
  switch "$to/bin/cobuild" "../current/bin/cobuild"
  for other in "$to"/releases/*; do
    case releases/${other##*/} in "releases/$id" | "$before") ;; *) rm -rf "$other" ;; esac
  done
}

say_python() { # an environment runs the Python that it was made with, wherever that lies
  real=$("$to/current/bin/python" -c 'import os, sys; print(os.path.realpath(sys.executable))')
  case $real in
    /root/* | /home/*)
      printf '%s\n' "注意：$real 位于个人目录，服务账户（cobuild.service）无法运行它；请安装系统的 Python 后用 --python 指明，重新安装。" \
        "Note: $real lies in a home folder, which the service's user (cobuild.service) cannot enter: install the system's Python and name it with --python."
      ;;
  esac
}

say_engine() {
  "$to/current/bin/python" -c 'import arcadedb_embedded' 2>/dev/null ||
    printf '%s\n' "本机没有嵌入式引擎的安装包：请安装 Neo4j 5.26，设置 NEO4J_URI、NEO4J_USER、NEO4J_PASSWORD。" \
      "There is no embedded engine for this machine: install Neo4j 5.26 and set NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD."
}

case $action in
  check)
    find_python
    check
    printf '%s\n' "校验一致。/ The checksums are right."
    ;;
  install)
    [ ! -e "$to/current" ] || fail "$to 已有安装，请用 upgrade。/ $to holds an installation: use upgrade."
    find_python
    check
    put_in_place
    printf '%s\n' "已安装：$to/bin/cobuild（版本 $(value VERSION)）。/ Installed."
    say_python
    say_engine
    ;;
  upgrade)
    [ -e "$to/current" ] || fail "$to 没有安装，请用 install。/ Nothing is installed in $to: use install."
    find_python
    check
    put_in_place
    printf '%s\n' "已升级到 $(value VERSION)，数据未动；请重启服务，再运行 cobuild doctor。" \
      "Upgraded, data untouched: restart the service, then run \`cobuild doctor\`."
    say_python
    say_engine
    ;;
  remove)
    [ -e "$to/current" ] || fail "$to 没有安装。/ Nothing is installed in $to."
    if command -v systemctl >/dev/null 2>&1 && systemctl --quiet is-active cobuild 2>/dev/null; then
      fail "服务正在运行，请先 systemctl disable --now cobuild。/ The service runs: stop it first."
    fi
    if [ -n "$data" ]; then
      [ "$yes" = yes ] || wrong "将删除 $data 的全部数据；确认请加 --yes。/ --yes confirms that $data is deleted."
      if [ ! -f "$data/ledger.db" ] && [ ! -d "$data/engine" ]; then
        fail "$data 不是数据目录，未删除。/ $data is no data folder, nothing was removed."
      fi
      "$to/current/bin/python" -c 'import pathlib, sys
from graph.errors import GraphError
from graph.upkeep.restore import check_stopped
try:
    check_stopped(pathlib.Path(sys.argv[1]))
except GraphError as error:
    sys.exit(str(error))' "$data" || fail "未删除任何内容。/ Nothing was removed."
    fi
    rm -rf "$to/current" "$to/bin/cobuild" "$to/releases"
    rmdir "$to/bin" "$to" 2>/dev/null || true
    if [ -n "$data" ]; then
      rm -rf "$data"
      printf '%s\n' "已移除程序和数据。/ Program and data were removed."
    else
      printf '%s\n' "已移除程序，数据保留。/ The program was removed, the data stay."
    fi
    ;;
  *) wrong "未知操作 $action。/ Unknown: $action." ;;
esac
